/** The whole of what a configuration file says, after defaults. Plain data; built by `parse.ts`, applied by `actions/apply-configuration.ts`. */
import type { CheckDefinition, CheckPlan } from '#domain/check/check-definition.ts';
import type { Agreement } from '#domain/sla/agreement.ts';
import type { Policy } from '#domain/sla/terms.ts';

export interface Logo {
  readonly kind: 'svg' | 'png' | 'webp';
  /** The picture itself. */
  readonly base64: string;
  /** First 16 hex digits of its SHA-256: the version in its address. */
  readonly version: string;
  /** In pixels of its own. */
  readonly width: number;
  readonly height: number;
}
export interface BrandLink {
  readonly label: string;
  /** https: or mailto: link. */
  readonly link: string;
}
/** What of the vendor stands around every page. */
export interface Brand {
  /** `file`: its path as written, from the folder of the configuration file. */
  readonly logo: (Logo & { readonly alt: string; readonly file: string }) | null;
  /** `#rrggbb`; null: ours. */
  readonly accent: string | null;
  readonly links: readonly BrandLink[];
  readonly footer: string;
}

export interface PageSettings {
  readonly name: string;
  readonly url: string | null;
  /** Public origin, e.g. https://status.example.com; null: loopback. The environment wins. */
  readonly origin: string | null;
  readonly description: string;
  readonly brand: Brand;
}

export interface SupportChannel {
  readonly kind: 'telephone' | 'email' | 'chat' | 'online';
  readonly label: string;
  /** tel:, mailto: or https: link. */
  readonly link: string;
}

export interface ComponentSettings {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly group: string | null;
  readonly critical: boolean;
  readonly position: number;
  /** Locations that must agree before the component is down; default floor(n/2)+1. */
  readonly quorum: number;
  /** Ready to probe with: `${NAME}` references resolved. In memory only. */
  readonly check: CheckPlan;
  /** The definition as the file has it, references unresolved: the form that is stored and shown. Absent: no references. */
  readonly written?: CheckDefinition;
  /** Values of its references: never to be repeated. In memory only. Absent: no references. */
  readonly hidden?: readonly string[];
  /** Who says what it is. Absent: the file, or Avow itself where it watches itself. */
  readonly managed?: 'console';
}

export interface LocationSettings {
  readonly slug: string;
  readonly name: string;
  /** The location in which this process itself probes; exactly one has it. */
  readonly local: boolean;
}

/** `host:port` over TCP; answers = the connection is accepted. */
export interface Sentinel {
  readonly host: string;
  readonly port: number;
}

/** Secrets are resolved and stay in memory; `written` is what may be stored, shown and exported. */
export interface OpsWebhook {
  /** May be a secret itself. */
  readonly url: string;
  /** `whsec_…`; the second one is that before a rotation. */
  readonly secrets: readonly string[];
  readonly written: { readonly url: string; readonly secret: string; readonly previousSecret: string | null };
}
export interface OpsMail {
  /** Plain addresses, at least one. */
  readonly to: readonly string[];
  readonly from: string;
}
/** Where the people who run this are told. */
export interface OpsSettings {
  readonly webhook: OpsWebhook | null;
  readonly mail: OpsMail | null;
}
/** What holds for checks that do not say otherwise; `holdMs` null: 2.5 intervals of each. */
export interface PolicyDefaults {
  readonly holdMs: number | null;
  readonly confirmations: number;
}

export interface Config {
  readonly page: PageSettings;
  readonly policy: Policy;
  /** What holds for checks that do not say otherwise. */
  readonly defaults: PolicyDefaults;
  readonly support: readonly SupportChannel[];
  readonly groups: readonly string[];
  readonly components: readonly ComponentSettings[];
  /** What was agreed with customers, in the order of the file. */
  readonly contracts: readonly Agreement[];
  readonly locations: readonly LocationSettings[];
  readonly sentinels: readonly Sentinel[];
  /** Ranges (CIDR, canonical) that are not public and that targets entered in the console may lie in. */
  readonly probeAllow: readonly string[];
  /** Names of the secrets that what is entered in the console may refer to. */
  readonly probeSecrets: readonly string[];
  readonly evidenceDays: number;
  readonly ops: OpsSettings;
  /**
   * Places at which values were written out that are not shown again (write-only.ts), by slug, and those of the sections: they count as
   * different whatever they are. In memory only. Absent: values are compared.
   */
  readonly anew?: { readonly components: ReadonlyMap<string, readonly string[]>; readonly sections: readonly string[] };
  /** Where it came from: a file path, or null for the built-in first-minute configuration. */
  readonly source: string | null;
  /** SHA-256 of the file's bytes (of the canonical defaults when source is null), hex. */
  readonly sha256: string;
}

/** One fault of a configuration file. Rendered as `file:line:column: message (path)`. */
export interface ConfigFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** e.g. `components[2].http.url`; empty for a fault of the file as a whole. */
  readonly path: string;
}
