/** What writes a claim into tokens. */
export interface Mapper {
  readonly id?: string;
  readonly name: string;
  readonly protocol: 'openid-connect';
  /** Id of its kind. */
  readonly protocolMapper: string;
  readonly config: Readonly<Record<string, string>>;
}

/** A field of a mapper, as the server describes it. */
export interface MapperProperty {
  readonly name: string;
  readonly label: string;
  readonly helpText?: string;
  readonly type: string;
  readonly defaultValue?: unknown;
  readonly options?: readonly string[];
}

/** A kind of mapper, as the server describes it. */
export interface MapperKind {
  readonly id: string;
  readonly name: string;
  readonly properties: readonly MapperProperty[];
}

/** What the config of a new mapper of a kind begins with. */
export const firstConfig = ({ properties }: MapperKind): Record<string, string> =>
  Object.fromEntries(
    properties.flatMap(({ name, defaultValue, options }) => {
      const value = defaultValue ?? options?.[0];
      return typeof value === 'string' ? [[name, value] as const] : [];
    }),
  );
