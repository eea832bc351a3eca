const EVERY = ['Create', 'Update', 'Delete'];

/** What HighLevel's webhooks say in `type`. Facts: ghl-facts.md §7. */
export const GHL_EVENTS: readonly string[] = [
  'INSTALL',
  'UNINSTALL',
  'PLAN_CHANGE',
  ...named('Appointment', EVERY),
  ...named('Association', EVERY),
  'CampaignStatusUpdate',
  ...named('Contact', [...EVERY, 'DndUpdate', 'TagUpdate']),
  'ConversationUnreadUpdate',
  'InboundMessage',
  'OutboundMessage',
  'ProviderOutboundMessage',
  ...named('Invoice', [...EVERY, 'Sent', 'Paid', 'PartiallyPaid', 'Void']),
  'LCEmailStats',
  ...named('Location', ['Create', 'Update']),
  ...named('Note', EVERY),
  ...named('ObjectSchema', ['Create', 'Update']),
  ...named('Opportunity', [
    ...EVERY,
    'AssignedToUpdate',
    'MonetaryValueUpdate',
    'StageUpdate',
    'StatusUpdate',
  ]),
  ...named('Order', ['Create', 'StatusUpdate']),
  ...named('Price', EVERY),
  ...named('Product', EVERY),
  ...named('Record', EVERY),
  ...named('Relation', ['Create', 'Delete']),
  ...named('Task', ['Create', 'Complete', 'Delete']),
  'UserCreate',
];

function named(thing: string, verbs: readonly string[]): readonly string[] {
  return verbs.map((verb) => `${thing}${verb}`);
}
