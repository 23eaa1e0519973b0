/** Every public JSON document. A literal address stands before one with parameters that it would match. */
import type { ApiDocument } from './document.ts';
import { openApiV1 } from './openapi-document.ts';
import { statuspageDocuments } from './statuspage-v2.ts';
import { availabilityV1 } from './v1/availability.ts';
import { maintenanceV1 } from './v1/maintenance.ts';
import { releasesV1, releaseV1 } from './v1/releases.ts';
import { statusV1 } from './v1/status.ts';

/** What can be known of the page. */
const facts: readonly ApiDocument[] = [statusV1, maintenanceV1, releasesV1, releaseV1, availabilityV1, ...statuspageDocuments];
export const apiDocuments: readonly ApiDocument[] = [...facts, openApiV1(facts)];
