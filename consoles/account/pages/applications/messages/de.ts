import type { Translation } from '../../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const de: Translation<typeof en> = {
  about: 'Anwendungen, die Sie mit diesem Konto nutzen, und was Sie ihnen erlaubt haben.',
  allowed: 'Sie haben erlaubt',
  description: 'Was sie ist',
  id: 'Technischer Name',
  inUse: 'In Benutzung',
  more: 'Mehr',
  none: 'Keine Anwendungen',
  noneAbout: 'Womit Sie sich über dieses Konto anmelden, erscheint hier.',
  noneFound: 'Keine Anwendung heißt so.',
  offline: 'Offline-Zugriff',
  offlineAbout: 'Sie kann für Sie handeln, auch wenn Sie nicht da sind, bis Sie das zurücknehmen.',
  open: 'Öffnen',
  policy: 'Datenschutzerklärung',
  revoke: 'Zugriff zurücknehmen',
  revokeAbout:
    '{name} wird abgemeldet, auch der Offline-Zugriff, und muss Sie neu fragen. Was die Anwendung schon weiß, behält sie.',
  revokeNamed: 'Zugriff zurücknehmen: {name}',
  revokeTitle: 'Zugriff von {name} zurücknehmen?',
  revoked: '{name} hat keinen Zugriff mehr.',
  search: 'Anwendungen suchen',
  since: 'Erlaubt am',
  terms: 'Nutzungsbedingungen',
  title: 'Anwendungen',
};
