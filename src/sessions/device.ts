import UAParser from 'ua-parser-js';

/** What a browser says it is, in the words of Keycloak's device lists. Nothing in it is more than a claim. */
export interface Device {
  /** `iPhone`, `Mac`, `Samsung SM-S918B`; `Other` for a desktop that does not say. */
  readonly device: string;
  /** Name and version: `Chrome/120.0.0`, `Other/Unknown`. */
  readonly browser: string;
  readonly os: string;
  /** `10.15.7`, `Unknown`. */
  readonly osVersion: string;
  readonly mobile: boolean;
}

const OTHER = 'Other';
const UNKNOWN = 'Unknown';
/** Longer ones are not read (as at Keycloak): nobody's browser sends them. */
const LONGEST_USER_AGENT = 512;

/** Names of systems, browsers and devices where the parser and Keycloak's differ. */
const OS_NAMES: Readonly<Record<string, string>> = { 'Mac OS': 'Mac OS X', 'Chromium OS': 'Chrome OS' };
const BROWSER_NAMES: Readonly<Record<string, string>> = { 'Chrome Headless': 'HeadlessChrome' };
const DEVICE_NAMES: Readonly<Record<string, string>> = { Macintosh: 'Mac' };
/** On a telephone these carry its name too. */
const WITH_MOBILE_NAMES = new Set(['Chrome', 'Firefox', 'Edge', 'Opera']);
/** Programs that name themselves and nothing else: `curl/8.1.2`. */
const PROGRAM = /^([A-Za-z][\w-]{0,39})\/(\d[\w.]{0,19})/;

/**
 * Names the device behind a `User-Agent` header. Pure; an empty, overlong or unknown header gives `Other`.
 * Values are spelled as Keycloak's device representation spells them.
 */
export function deviceOf(userAgent: string): Device {
  const mobile = userAgent.length <= LONGEST_USER_AGENT && userAgent.toLowerCase().includes('mobile');
  const { browser, os, device } = new UAParser(userAgent.length <= LONGEST_USER_AGENT ? userAgent : '').getResult();
  const name = browser.name === undefined ? undefined : browserName(browser.name, os.name, mobile);
  return {
    device: deviceName(device, mobile),
    browser: name === undefined ? programName(userAgent) : `${name}/${shortVersion(browser.version)}`,
    os: os.name === undefined ? OTHER : (OS_NAMES[os.name] ?? os.name),
    osVersion: os.version ?? UNKNOWN,
    mobile,
  };
}

/** Browser and system without versions, for people: `Chrome on Linux`. Undefined parts are those nobody knows. */
export function coarseDevice(userAgent: string): { readonly browser?: string; readonly os?: string } {
  const { browser, os } = deviceOf(userAgent);
  const name = browser.slice(0, browser.lastIndexOf('/'));
  return { ...(name === OTHER ? {} : { browser: name }), ...(os === OTHER ? {} : { os }) };
}

function browserName(name: string, os: string | undefined, mobile: boolean): string {
  const known = BROWSER_NAMES[name] ?? name;
  if (!mobile || !WITH_MOBILE_NAMES.has(known)) return known;
  if (os !== 'iOS') return `${known} Mobile`;
  return known === 'Chrome' ? 'Chrome Mobile iOS' : `${known} iOS`;
}

function programName(userAgent: string): string {
  const [, name, version] = userAgent.length <= LONGEST_USER_AGENT ? (PROGRAM.exec(userAgent) ?? []) : [];
  return name === undefined || name === 'Mozilla' ? `${OTHER}/${UNKNOWN}` : `${name}/${shortVersion(version)}`;
}

function deviceName({ vendor, model }: UAParser.IDevice, mobile: boolean): string {
  if (model === undefined) return mobile ? 'Generic Smartphone' : OTHER;
  const known = DEVICE_NAMES[model] ?? model;
  return vendor === undefined || vendor === 'Apple' ? known : `${vendor} ${known}`;
}

/** At most three numbers of a version. */
const shortVersion = (version: string | undefined): string => version?.split('.').slice(0, 3).join('.') ?? UNKNOWN;
