/**
 * What is told of an incident, as statements of the transaction that records why: the incident, its update, the outbox
 * row. Ids and keys follow from the component and the instant, so a repeated delivery or restart writes nothing twice.
 */
import { createHash } from 'node:crypto';
import type { ComponentHistory, ComponentVersion } from '#db/queries/definitions.ts';
import { insertIncident, insertUpdate, resolveIncident, type StoredIncident } from '#db/queries/incidents.ts';
import { enqueueForIncident } from '#db/queries/outbox.ts';
import type { Statement } from '#db/store.ts';
import type { Reason } from '#domain/check/reason.ts';
import { addedBody, incidentTitle, openedBody, removedBody, resolvedBody, UNFOUNDED_BODY } from '#domain/incident/incident-words.ts';
import { between, type Instant } from '#domain/time/instant.ts';

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 12 characters, 60 bits of SHA-256 over slug and instant. */
export const incidentId = (slug: string, confirmedAt: Instant): string =>
  [...createHash('sha256').update(`${slug}\n${confirmedAt}`).digest().subarray(0, 12)].map((byte) => ALPHABET[byte % 32]).join('');

export interface Told {
  readonly statements: readonly Statement[];
  readonly incident: StoredIncident;
}

interface Opening {
  readonly component: ComponentHistory;
  readonly version: Pick<ComponentVersion, 'name' | 'confirmations'>;
  readonly reason: Reason;
  readonly httpStatus: number | null;
  readonly startedAt: Instant;
  readonly confirmedAt: Instant;
  /** How many locations had to agree. */
  readonly locations: number;
}

const payload = (
  incident: StoredIncident,
  slug: string,
  name: string,
  more: Readonly<Record<string, unknown>>,
): Record<string, unknown> => ({
  incident: incident.id,
  component: slug,
  name,
  title: incident.title,
  startedAt: incident.startedAt,
  ...more,
});

export const tellOpened = (opening: Opening, recordedAt: Instant): Told => {
  const { component, version, reason, httpStatus, startedAt, confirmedAt, locations } = opening;
  const { name, confirmations } = version;
  const id = incidentId(component.slug, confirmedAt);
  const incident: StoredIncident = {
    id,
    componentId: component.id,
    title: incidentTitle(name, reason, httpStatus),
    startedAt,
    resolvedAt: null,
  };
  return {
    incident,
    statements: [
      ...insertIncident({ ...incident, confirmedAt }, recordedAt),
      insertUpdate(
        {
          id: `${id}-opened`,
          incidentId: id,
          displayAt: confirmedAt,
          status: 'investigating',
          body: openedBody(name, reason, httpStatus, { locations, checks: confirmations }),
        },
        recordedAt,
      ),
      enqueueForIncident(
        {
          key: `incident.opened:${id}`,
          type: 'incident.opened',
          payload: payload(incident, component.slug, name, { confirmedAt, reason }),
        },
        id,
        recordedAt,
      ),
    ],
  };
};

const resolution = (
  incident: StoredIncident,
  slug: string,
  name: string,
  resolvedAt: Instant,
  { body, ended }: { readonly body: string; readonly ended: 'answers' | 'never_was' | 'removed' },
  recordedAt: Instant,
): Statement[] => [
  resolveIncident(incident.id, resolvedAt),
  insertUpdate({ id: `${incident.id}-resolved`, incidentId: incident.id, displayAt: resolvedAt, status: 'resolved', body }, recordedAt),
  enqueueForIncident(
    { key: `incident.resolved:${incident.id}`, type: 'incident.resolved', payload: payload(incident, slug, name, { resolvedAt, ended }) },
    incident.id,
    recordedAt,
  ),
];

type ToldOf = Pick<ComponentVersion, 'name' | 'check'>;

export const tellResolved = (incident: StoredIncident, slug: string, of: ToldOf, resolvedAt: Instant, recordedAt: Instant): Statement[] => {
  const body = resolvedBody(of.name, between(incident.startedAt, resolvedAt), of.check.definition.kind);
  return resolution(incident, slug, of.name, resolvedAt, { body, ended: 'answers' }, recordedAt);
};

/** It was still open when late results showed that it never was an outage. */
export const tellNeverWas = (incident: StoredIncident, slug: string, of: ToldOf, resolvedAt: Instant, recordedAt: Instant): Statement[] =>
  resolution(incident, slug, of.name, resolvedAt, { body: UNFOUNDED_BODY, ended: 'never_was' }, recordedAt);

/** The component is no longer watched: its incident ends without a claim that it answers. */
export const tellRemoved = (incident: StoredIncident, slug: string, name: string, removedAt: Instant, recordedAt: Instant): Statement[] =>
  resolution(incident, slug, name, removedAt, { body: removedBody(name), ended: 'removed' }, recordedAt);

/** An outage that late results revealed, over before anybody knew: history, no message. */
export const tellAdded = (opening: Opening & { readonly resolvedAt: Instant }, recordedAt: Instant): Statement[] => {
  const { component, reason, httpStatus, startedAt, confirmedAt, resolvedAt } = opening;
  const { name } = opening.version;
  const id = incidentId(component.slug, startedAt);
  return [
    ...insertIncident(
      { id, componentId: component.id, title: incidentTitle(name, reason, httpStatus), startedAt, confirmedAt, resolvedAt },
      recordedAt,
    ),
    insertUpdate(
      {
        id: `${id}-added`,
        incidentId: id,
        displayAt: resolvedAt,
        status: 'resolved',
        body: addedBody(name, between(startedAt, resolvedAt)),
      },
      recordedAt,
    ),
  ];
};

export const tellUnfounded = (incidentIdentity: string, recordedAt: Instant): Statement =>
  insertUpdate(
    { id: `${incidentIdentity}-unfounded`, incidentId: incidentIdentity, displayAt: recordedAt, status: 'resolved', body: UNFOUNDED_BODY },
    recordedAt,
  );
