import type { Translation } from '../../kit/i18n/messages.js';
import type { en } from './en.js';

export const de: Translation<typeof en> = {
  account: 'Kontoverwaltung',
  addresses: 'Adressen',
  addressesAbout: 'Womit Anwendungen dieses Realms eingerichtet werden.',
  console: 'Sluice-Administration',
  discovery: 'OpenID-Connect-Discovery',
  'group.configure': 'Einrichten',
  'group.manage': 'Verwalten',
  issuer: 'Issuer',
  open: 'Öffnen',
  realm: 'Realm {realm}',
  signOut: 'Abmelden',
  welcome: 'Realm {realm}',
  welcomeAbout: 'Personen, Anwendungen und Regeln, die zusammengehören, getrennt von denen anderer Realms.',
};
