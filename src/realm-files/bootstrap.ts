import { ADMIN_REALM } from '../realm/admin-realm.js';
import type { RealmStore } from '../realm/realm.js';
import { ConflictError } from '../shared/errors.js';
import { newSecret } from '../shared/secrets.js';
import type { ImportReport, RealmImport } from './realm-import.js';
import { importFiles } from './realm-files.js';
import type { RealmFile } from './realm-files.js';

export interface BootstrapAdmin {
  readonly username: string;
  /** Absent: a random one is made. */
  readonly password?: string;
}

export interface BootstrapReport {
  /** Present when the server had no master realm and got one: its administrator. */
  readonly admin?: {
    readonly username: string;
    readonly password: string;
    /** True: print it, once. */
    readonly generated: boolean;
  };
  readonly imports: readonly ImportReport[];
}

/** Brings a server's realms into being at start: master with an administrator when there is none, then the realm files. */
export class Bootstrap {
  constructor(
    private readonly realms: Pick<RealmStore, 'byName'>,
    private readonly realmImport: RealmImport,
  ) {}

  /**
   * Master comes first, from the files when they hold it: other realms are given to its administrators when they are made.
   * @throws AppError when a file cannot be imported
   */
  async run(admin: BootstrapAdmin, files: readonly RealmFile[] = []): Promise<BootstrapReport> {
    const masters = files.filter(({ realm }) => realm === ADMIN_REALM);
    const reports = [...(await importFiles(masters, this.realmImport))];
    const created = (await this.realms.byName(ADMIN_REALM)) ? undefined : await this.createMaster(admin);
    reports.push(
      ...(await importFiles(
        files.filter((file) => !masters.includes(file)),
        this.realmImport,
      )),
    );
    return { ...(created && { admin: created }), imports: reports };
  }

  /** Undefined when another server, which starts at the same time, was faster: it knows the password then. */
  private async createMaster({ username, password: given }: BootstrapAdmin): Promise<BootstrapReport['admin']> {
    const password = given ?? newSecret();
    try {
      await this.realmImport.create({
        realm: ADMIN_REALM,
        enabled: true,
        users: [
          {
            username,
            enabled: true,
            credentials: [{ type: 'password', value: password }],
            realmRoles: ['admin', `default-roles-${ADMIN_REALM}`],
          },
        ],
      });
    } catch (error) {
      if (error instanceof ConflictError && error.code === 'realm_exists') return undefined;
      throw error;
    }
    return { username, password, generated: given === undefined };
  }
}
