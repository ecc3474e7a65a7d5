import type { Realm } from '../realm.js';

/** Whether the user name of an account that is there may be changed, by whom ever. Where the address is the name, it follows the address. */
export const mayRename = ({ settings }: Pick<Realm, 'settings'>): boolean =>
  settings.editUsernameAllowed && !settings.registrationEmailAsUsername;
