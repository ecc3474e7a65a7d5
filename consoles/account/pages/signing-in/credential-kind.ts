/** One credential of the person. */
export interface Credential {
  readonly id: string;
  readonly userLabel?: string;
  /** Milliseconds. */
  readonly createdDate?: number;
}

/** A kind of credential, and those of it that the person has. */
export interface CredentialKind {
  readonly type: string;
  /** Required action that makes one; absent where none can be made. */
  readonly createAction?: string;
  /** Required action that replaces the one there is. */
  readonly updateAction?: string;
  readonly removeable: boolean;
  readonly userCredentialMetadatas: readonly { readonly credential: Credential }[];
}
