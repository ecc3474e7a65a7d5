import type { Translation } from '../../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const es: Translation<typeof en> = {
  about: 'Aplicaciones que usa con esta cuenta, y lo que les ha permitido.',
  allowed: 'Usted ha permitido',
  description: 'Qué es',
  id: 'Nombre técnico',
  inUse: 'En uso',
  more: 'Más',
  none: 'Ninguna aplicación',
  noneAbout: 'Aquí aparece aquello en lo que inicia sesión con esta cuenta.',
  noneFound: 'Ninguna aplicación se llama así.',
  offline: 'Acceso sin conexión',
  offlineAbout: 'Puede actuar por usted aunque no esté, hasta que lo retire.',
  open: 'Abrir',
  policy: 'Política de privacidad',
  revoke: 'Retirar el acceso',
  revokeAbout:
    '{name} se cierra, también el acceso sin conexión, y tendrá que preguntarle de nuevo. Lo que ya sabe, lo conserva.',
  revokeNamed: 'Retirar el acceso: {name}',
  revokeTitle: '¿Retirar el acceso de {name}?',
  revoked: '{name} ya no tiene acceso.',
  search: 'Buscar aplicaciones',
  since: 'Permitido el',
  terms: 'Condiciones de uso',
  title: 'Aplicaciones',
};
