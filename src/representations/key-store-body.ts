import { Flag, Name } from './members.js';

/** KeyStoreConfig: how a key store is to be made. */
export class KeyStoreBody {
  static readonly representation = 'KeyStoreConfig';
  @Name() format?: string;
  @Name() keyAlias?: string;
  @Name() keyPassword?: string;
  @Name() storePassword?: string;
  @Name() realmAlias?: string;
  @Flag() realmCertificate?: boolean;
  @Name() keySize?: string;
  @Name() validity?: string;
}
