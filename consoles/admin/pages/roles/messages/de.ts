import type { Translation } from '../../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const de: Translation<typeof en> = {
  about: 'Was Benutzer dürfen. Eine Rolle kann andere mitbringen.',
  actions: 'Aktionen',
  compositesAbout: 'Wer diese Rolle hat, hat auch diese.',
  composites: 'Rollen, die mitkommen',
  composite: 'Zusammengesetzt',
  create: 'Rolle anlegen',
  deleteAbout: 'Wer sie hat, verliert sie und alles, was mitkam.',
  deleteTitle: '{name} löschen?',
  deleted: 'Die Rolle ist gelöscht',
  delete: 'Löschen',
  description: 'Beschreibung',
  edit: 'Bearbeiten',
  email: 'E-Mail',
  name: 'Name',
  none: 'Keine Rolle passt',
  roles: 'Realm-Rollen',
  role: 'Rolle',
  saved: 'Gespeichert',
  search: 'Rollen nach Namen suchen',
  username: 'Benutzername',
  usersAbout: 'Die, denen sie selbst gegeben ist, nicht durch eine Gruppe oder andere Rolle.',
  usersNone: 'Niemand hat diese Rolle direkt',
  users: 'Benutzer mit dieser Rolle',
};
