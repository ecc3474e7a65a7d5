import type { Translation } from '../../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const de: Translation<typeof en> = {
  about:
    'Wo Sie angemeldet sind. Beenden Sie eine Sitzung, die Sie nicht kennen oder deren Gerät Sie nicht mehr haben: Anwendungen dort müssen sich neu anmelden.',
  address: 'Adresse',
  applications: 'Anwendungen',
  browser: 'Browser',
  browserOn: '{browser} auf {os}',
  computer: 'Computer',
  device: 'Gerät',
  end: 'Sitzung beenden',
  endAbout: '{name}, von {address}, wird sofort abgemeldet. Anwendungen dort können nicht mehr für Sie handeln.',
  endNamed: 'Sitzung beenden: {name}',
  endOthers: 'Alle anderen beenden',
  endOthersAbout:
    '{count, plural, one {Eine Sitzung wird} other {# Sitzungen werden}} sofort beendet. Hier bleiben Sie angemeldet.',
  endOthersTitle: 'Alle anderen Sitzungen beenden?',
  endTitle: 'Diese Sitzung beenden?',
  ended: 'Die Sitzung ist beendet.',
  expires: 'Endet von selbst',
  lastAccess: 'Zuletzt benutzt',
  othersEnded: 'Alle anderen Sitzungen sind beendet.',
  phone: 'Telefon oder Tablet',
  refresh: 'Neu laden',
  signOut: 'Abmelden',
  started: 'Angemeldet',
  system: 'System',
  thisDevice: 'Dieses Gerät',
  title: 'Meine Sitzungen',
  unknownBrowser: 'Ein unbekannter Browser',
  unknownSystem: 'einem unbekannten System',
};
