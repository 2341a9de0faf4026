/** The part of JSON schema that Glance's own schemas use. */
export interface ValueSchema {
  type: string | string[];
  description?: string;
  readOnly?: boolean;
  writeOnly?: boolean;
  enum?: (string | null)[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  items?: ValueSchema;
  properties?: Record<string, ValueSchema>;
  required?: string[];
  additionalProperties?: boolean;
}

/** A text, with its description and more. */
export const text = (description: string, more: Partial<ValueSchema> = {}): ValueSchema => ({
  type: "string",
  ...more,
  description,
});
