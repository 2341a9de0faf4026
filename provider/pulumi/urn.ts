/** What a URN says: `urn:pulumi:STACK::PROJECT::TYPE::NAME`, where TYPE is preceded by the types of its parents. */
export function partsOf(urn: string): { type: string; name: string } {
  const [, , qualifiedType = "", ...name] = urn.split("::");
  return { type: qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1), name: name.join("::") };
}
