import { schemaOf, shelfOf } from "./fixture";

const inputsOf = (members: string, more?: string) => shelfOf(members, more).inputProperties;

describe("types", () => {
  test.each([
    ["string", { type: "string" }],
    ["boolean", { type: "boolean" }],
    ["number", { type: "number" }],
    ["string[]", { type: "array", items: { type: "string" } }],
    ["{ [name: string]: number }", { type: "object", additionalProperties: { type: "number" } }],
    ["string | undefined", { type: "string" }],
    ["Text", { type: "string" }],
    ["Labels", { type: "object", additionalProperties: { type: "string" } }],
  ])("%s", (type, expected) => {
    expect(inputsOf(`a?: ${type};`, "type Text = string; interface Labels { [name: string]: string }").a).toEqual(
      expected,
    );
  });

  it("makes an integer of a number that says so", () => {
    expect(inputsOf("/**\n * In MiB.\n * @asType integer\n */\na?: number;").a).toEqual({
      type: "integer",
      description: "In MiB.",
    });
    expect(() => inputsOf("/** @asType integer */\na?: string;")).toThrow(/ShelfA: only a number/);
  });

  test.each(["string | number", "unknown", "Date | string", '"red" | number'])("refuses %s", (type) => {
    expect(() => inputsOf(`a?: ${type};`)).toThrow(/^ShelfA has a type that Pulumi's schema cannot express/);
  });
});

describe("named types", () => {
  it("gives a nested object the name of its interface", () => {
    const schema = schemaOf(`
      export interface Inputs { first: Book; others: Book[] }
      /** Something to read. */
      export interface Book { title: string; pages?: number }`);
    const ref = { $ref: "#/types/glance:index:Book" };
    expect(schema.resources["glance:index:Shelf"]?.inputProperties).toEqual({
      first: ref,
      others: { type: "array", items: ref },
    });
    expect(schema.types).toEqual({
      "glance:index:Book": {
        type: "object",
        description: "Something to read.",
        properties: { title: { type: "string" }, pages: { type: "number" } },
        required: ["title"],
      },
    });
  });

  it("gives it another name where the table has one", () => {
    const source = "export interface Inputs { first: Book }\nexport interface Book { title: string }";
    expect(Object.keys(schemaOf(source, { typeNames: { Book: "Volume" } }).types)).toEqual(["glance:index:Volume"]);
  });

  it("names an object without an interface after its owner and property", () => {
    const schema = schemaOf("export interface Inputs { size: { width: number } }");
    expect(schema.resources["glance:index:Shelf"]?.inputProperties.size).toEqual({
      $ref: "#/types/glance:index:ShelfSize",
    });
    expect(schema.types["glance:index:ShelfSize"]).toMatchObject({ required: ["width"] });
  });

  it("follows a type that contains itself", () => {
    const schema = schemaOf("export interface Inputs { root: Box }\nexport interface Box { inner?: Box }");
    expect(schema.types["glance:index:Box"]).toMatchObject({
      properties: { inner: { $ref: "#/types/glance:index:Box" } },
    });
  });

  it("makes an enum of a union of strings, with what each value means", () => {
    const schema = schemaOf(
      'export interface Inputs { a?: "dark-blue" | "red"; b?: Tint }\ntype Tint = "red" | "dark-blue";',
    );
    const ref = { $ref: "#/types/glance:index:Color" };
    expect(schema.resources["glance:index:Shelf"]?.inputProperties).toEqual({ a: ref, b: ref });
    expect(schema.types["glance:index:Color"]).toEqual({
      type: "string",
      description: "A color.",
      enum: [
        { name: "Red", value: "red", description: "Like fire." },
        { name: "DarkBlue", value: "dark-blue", description: "Like night." },
      ],
    });
  });

  it("refuses a union whose values nobody described", () => {
    expect(() => inputsOf('a?: "red" | "green";')).toThrow("ShelfA: no enum has exactly the values green, red");
    expect(() => inputsOf('a?: "red";')).toThrow("ShelfA: no enum has exactly the values red");
  });
});

describe("tags and documentation", () => {
  it("carries what doc comments say", () => {
    const { provider } = schemaOf(`export interface Inputs {}
      export interface Config {
        /**
         * See {@link Inputs}.
         * @secret
         * @env OS_TOKEN OS_AUTH_TOKEN
         */
        token?: string;
        /** @default 60 */
        timeout?: number;
      }`);
    expect(provider.inputProperties).toEqual({
      token: {
        type: "string",
        description: "See `Inputs`.",
        secret: true,
        defaultInfo: { environment: ["OS_TOKEN", "OS_AUTH_TOKEN"] },
      },
      timeout: { type: "number", default: 60 },
    });
  });

  it("says of inputs only that they replace", () => {
    const shelf = shelfOf("/** @replace */\nwood?: string;", "export type State = Inputs;");
    expect(shelf.inputProperties.wood).toEqual({ type: "string", willReplaceOnChanges: true });
    expect(shelf.properties?.wood).toEqual({ type: "string" });
  });
});

describe("required properties", () => {
  it("tells the required inputs from those that may be left out", () => {
    expect(shelfOf("b: string; a: string; c?: string;").requiredInputs).toEqual(["a", "b"]);
    expect(shelfOf("c?: string;")).not.toHaveProperty("requiredInputs");
  });

  it("joins the parts of an intersection", () => {
    const shelf = shelfOf(
      "a?: string; b?: string;",
      "type Known = 'a';\nexport interface Outputs { size: number }\nexport type State = Inputs & Required<Pick<Inputs, Known>> & Outputs;",
    );
    expect(Object.keys(shelf.properties ?? {}).sort()).toEqual(["a", "b", "size"]);
    expect(shelf.required).toEqual(["a", "size"]);
  });

  it("knows the properties of a base interface", () => {
    const shelf = shelfOf("a: string;", "export interface State extends Inputs { b: string }");
    expect(shelf.required).toEqual(["a", "b"]);
  });
});

describe("sources that cannot be read", () => {
  it("names the line that does not compile", () => {
    expect(() => schemaOf("export interface Inputs extends Missing {}")).toThrow(
      /types\.ts:3: Cannot find name 'Missing'/,
    );
  });

  it("names an interface that is not there", () => {
    expect(() => schemaOf("export interface Entries {}")).toThrow(/types\.ts declares no Inputs/);
  });

  it("does not guess between two interfaces of one name", () => {
    const elsewhere = { file: "config.ts", name: "Settings" };
    const files = { "config.ts": "export interface Settings {}\ninterface Inputs {}" };
    expect(() => schemaOf("export interface Inputs {}", { config: elsewhere }, files)).toThrow(
      /^more than one file declares Inputs/,
    );
  });

  test.each(["id", "urn", "pulumi", "self", "shelf"])("refuses a resource's property called %s", (name) => {
    expect(() => inputsOf(`${name}?: string;`)).toThrow(`glance:index:Shelf cannot have a property called ${name}`);
  });

  test.each(["version", "pulumi"])("refuses a provider's input called %s", (name) => {
    const source = `export interface Inputs {}\nexport interface Config { ${name}?: string }`;
    expect(() => schemaOf(source)).toThrow(`the provider cannot have a property called ${name}`);
  });
});
