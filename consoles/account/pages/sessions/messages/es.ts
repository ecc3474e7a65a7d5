import type { Translation } from '../../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const es: Translation<typeof en> = {
  about:
    'Dónde ha iniciado sesión. Termine una sesión que no conozca o que esté en un dispositivo que ya no tiene: las aplicaciones de allí tendrán que iniciar sesión de nuevo.',
  address: 'Dirección',
  applications: 'Aplicaciones',
  browser: 'Navegador',
  browserOn: '{browser} en {os}',
  computer: 'Ordenador',
  device: 'Dispositivo',
  end: 'Terminar sesión',
  endAbout: '{name}, desde {address}, se cierra de inmediato. Las aplicaciones de allí ya no podrán actuar por usted.',
  endNamed: 'Terminar sesión: {name}',
  endOthers: 'Terminar las demás',
  endOthersAbout:
    '{count, plural, one {Se termina una sesión} other {Se terminan # sesiones}} de inmediato. Aquí sigue con la sesión iniciada.',
  endOthersTitle: '¿Terminar las demás sesiones?',
  endTitle: '¿Terminar esta sesión?',
  ended: 'La sesión ha terminado.',
  expires: 'Termina por sí sola',
  lastAccess: 'Último uso',
  othersEnded: 'Las demás sesiones han terminado.',
  phone: 'Teléfono o tableta',
  refresh: 'Cargar de nuevo',
  signOut: 'Cerrar sesión',
  started: 'Inicio',
  system: 'Sistema',
  thisDevice: 'Este dispositivo',
  title: 'Mis sesiones',
  unknownBrowser: 'Un navegador desconocido',
  unknownSystem: 'un sistema desconocido',
};
