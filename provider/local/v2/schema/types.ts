/** The part of JSON schema that Glance's own schemas use. */
export interface ValueSchema {
  name?: string;
  type?: string | string[];
  description?: string;
  readOnly?: boolean;
  writeOnly?: boolean;
  enum?: (string | null)[];
  pattern?: string;
  format?: string;
  default?: unknown;
  minimum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  uniqueItems?: boolean;
  items?: ValueSchema;
  allOf?: ValueSchema[];
  properties?: Record<string, ValueSchema>;
  required?: string[];
  additionalProperties?: boolean | ValueSchema;
  definitions?: Record<string, ValueSchema>;
  $ref?: string;
}

/** A schema that violations are told of by its name. */
export type NamedSchema = ValueSchema & { name: string };

/** A text, with its description and more. */
export const text = (description: string, more: Partial<ValueSchema> = {}): ValueSchema => ({
  type: "string",
  ...more,
  description,
});
