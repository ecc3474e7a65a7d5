import type { Translation } from '../../kit/i18n/messages.js';
import type { en } from './en.js';

export const de: Translation<typeof en> = {
  applications: 'Anwendungen',
  console: 'Ihr Konto',
  personalInfo: 'Persönliche Angaben',
  proofFirst: 'Ihre Anmeldung ist eine Weile her. Zuerst öffnet sich ein Fenster, in dem Sie zeigen, dass Sie es sind.',
  sessions: 'Meine Sitzungen',
  signOut: 'Abmelden',
  signingIn: 'Anmeldung',
};
