import type { Translation } from '../../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const de: Translation<typeof en> = {
  about: 'Was hier über Sie bekannt ist, und was Anwendungen erfahren, wenn Sie sich anmelden.',
  discard: 'Änderungen verwerfen',
  eachLine: 'Ein Wert je Zeile.',
  email: 'E-Mail',
  emailUnverified: 'Diese Adresse ist noch nicht bestätigt.',
  firstName: 'Vorname',
  fixed: 'Das lässt sich hier nicht ändern.',
  lastName: 'Nachname',
  locale: 'Sprache',
  optional: '{label} (freiwillig)',
  refused: 'Nichts wurde gespeichert',
  refusedAbout:
    '{count, plural, one {Ein Feld braucht Ihre Aufmerksamkeit.} other {# Felder brauchen Ihre Aufmerksamkeit.}}',
  save: 'Speichern',
  saved: 'Ihre Angaben sind gespeichert.',
  title: 'Persönliche Angaben',
  unchosen: 'Nicht gewählt',
  username: 'Benutzername',
};
