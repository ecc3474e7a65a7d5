import { messagesIn } from '../i18n/messages.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';

/** The words of the kit itself. */
export const useKitText = messagesIn(en, { de, es });
