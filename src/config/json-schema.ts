/** The JSON Schema, as far as its parts are read here. */
export interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly then?: Schema;
  readonly required?: readonly string[];
  readonly type?: string;
  readonly additionalProperties?: boolean | Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly examples?: readonly unknown[];
  readonly 'x-expects'?: string;
  readonly 'x-choices'?: readonly string[];
  readonly 'x-message'?: string;
  readonly 'x-remedy'?: string;
  readonly 'x-missing'?: boolean;
}
