import { defined } from './defined.ts';
import { fullName } from './contact.ts';
import type { Opportunity } from './location-records.ts';
import type { Location } from './location.ts';

export function shownOpportunity(location: Location, opportunity: Opportunity): object {
  const contact = location.contacts.get(opportunity.contactId);
  if (!contact) return opportunity;
  const { id, email, phone, companyName, tags } = contact;
  return {
    ...opportunity,
    contact: { id, name: fullName(contact), tags, ...defined({ email, phone, companyName }) },
  };
}

export function opportunityWebhook(opportunity: Opportunity): Readonly<Record<string, unknown>> {
  const { id, assignedTo, contactId, monetaryValue, name, pipelineId, pipelineStageId } = opportunity;
  return {
    ...{ id, contactId, name, pipelineId, pipelineStageId, status: opportunity.status },
    ...{ ...defined({ assignedTo, monetaryValue }), dateAdded: opportunity.createdAt },
  };
}
