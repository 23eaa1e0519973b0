/** What a browser says of itself, in two words that a person knows it by: "Firefox on Linux". Anything else as its first words. Pure. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];
const named = (list: typeof BROWSERS, agent: string): string | null => list.find(([form]) => form.test(agent))?.[1] ?? null;

export const agentWords = (agent: string): string => {
  const [browser, system] = [named(BROWSERS, agent), named(SYSTEMS, agent)];
  if (browser !== null) return system === null ? browser : `${browser} on ${system}`;
  return agent.trim() === '' ? 'unknown' : agent.slice(0, 40);
};
