import type { Translation } from '../../kit/i18n/messages.js';
import type { en } from './en.js';

export const es: Translation<typeof en> = {
  account: 'Consola de la cuenta',
  addresses: 'Direcciones',
  addressesAbout: 'Con lo que se configuran las aplicaciones de este realm.',
  console: 'Administración de Sluice',
  discovery: 'Descubrimiento de OpenID Connect',
  'group.configure': 'Configurar',
  'group.manage': 'Gestionar',
  issuer: 'Emisor',
  open: 'Abrir',
  realm: 'Realm {realm}',
  signOut: 'Cerrar sesión',
  welcome: 'Realm {realm}',
  welcomeAbout: 'Personas, aplicaciones y reglas que van juntas, separadas de las de otros realms.',
};
