/**
 * The scopes that HighLevel's documents name, of all its parts; it may have made others since.
 * https://marketplace.gohighlevel.com/docs/Authorization/Scopes
 */
export const GHL_SCOPES: readonly string[] = `
  adPublishing.readonly adPublishing.write affiliate-manager.readonly affiliateportal.readonly
  affiliateportal.write agency/launchpad.readonly agency/launchpad.write agent-studio.readonly
  agent-studio.write ai-studio.readonly ai-studio.write askai.write associations.readonly associations.write
  associations/relation.readonly associations/relation.write audit-logs.readonly blogs.write
  blogs/author.readonly blogs/category.readonly blogs/check-slug.readonly blogs/list.readonly
  blogs/post-update.write blogs/post.write blogs/posts.readonly brand-boards/design-kit.readonly
  brand-boards/design-kit.write businesses.readonly businesses.write calendars.readonly calendars.write
  calendars/events.readonly calendars/events.write calendars/groups.readonly calendars/groups.write
  calendars/resources.readonly calendars/resources.write campaigns.readonly campaigns.write
  certificates.readonly certificates.write charges.readonly charges.write chat-widget.readonly
  chat-widget.write communities.write companies.readonly companies.write contacts.readonly contacts.write
  contacts/bulkActions.write contentAI.write conversation-ai.readonly conversation-ai.write
  conversations.readonly conversations.write conversations/livechat.write conversations/message.readonly
  conversations/message.write copilot.readonly custom-menu-link.readonly custom-menu-link.write
  dashboard/stats.readonly eliza.write emails/builder.readonly emails/builder.write emails/campaigns.readonly
  emails/campaigns.write emails/schedule.readonly emails/stats.readonly emails/templates.readonly
  emails/templates.write forms.readonly forms.write funnels.write funnels/redirect.readonly
  funnels/redirect.write gokollab.write invoices.readonly invoices.write invoices/estimate.readonly
  invoices/estimate.write invoices/schedule.readonly invoices/schedule.write invoices/template.readonly
  invoices/template.write launchpad/location.readonly launchpad/location.write lc-email.readonly
  links.readonly links.write locations.readonly locations.write locations/customFields.readonly
  locations/customFields.write locations/customValues.readonly locations/customValues.write
  locations/tags.readonly locations/tags.write locations/tasks.readonly locations/templates.readonly
  loginas.write marketing.write marketing/affiliate.write marketplace-external-auth-migration.write
  marketplace-installer-details.readonly medias.readonly medias.write membership.write
  native-integrations.readonly native-integrations.write numberpools.read oauth.readonly oauth.write
  objects/record.readonly objects/record.write objects/schema.readonly objects/schema.write
  opportunities.readonly opportunities.write opportunities/bulkActions.write opportunities/leadValue.readonly
  payments.write payments/coupons.readonly payments/coupons.write payments/custom-provider.readonly
  payments/custom-provider.write payments/integration.readonly payments/integration.write
  payments/orders.collectPayment payments/orders.readonly payments/orders.write payments/records.write
  payments/settings.readonly payments/settings.write payments/subscriptions.readonly
  payments/subscriptions.write payments/taxesSettings.readonly payments/transactions.readonly
  phonenumbers.read phonenumbers.write private-integration-company.readonly private-integration-company.write
  private-integration-location.readonly private-integration-location.write products.readonly products.write
  products/collection.readonly products/collection.write products/prices.readonly products/prices.write
  prospecting.readonly prospecting.write prospecting/auditReport.write prospecting/reports.readonly
  qrcodes.write quizzes.write reporting/adwords.readonly reporting/agent.readonly
  reporting/attributions.readonly reporting/facebookAds.readonly reporting/phone.readonly
  reporting/reports.readonly reporting/reports.write reputation/gbp.write reputation/listing.write
  reputation/review.write reputation/reviewsAIAgents.write saas/company.read saas/company.write settings.write
  snapshots/api.readonly socialplanner/account.readonly socialplanner/account.write
  socialplanner/category.readonly socialplanner/category.write socialplanner/csv.readonly
  socialplanner/csv.write socialplanner/facebook.readonly socialplanner/filters.readonly
  socialplanner/group.write socialplanner/hashtag.readonly socialplanner/hashtag.write
  socialplanner/linkedin.readonly socialplanner/medias.readonly socialplanner/medias.write
  socialplanner/metatag.readonly socialplanner/notification.readonly socialplanner/notification.write
  socialplanner/oauth.readonly socialplanner/oauth.write socialplanner/post.readonly socialplanner/post.write
  socialplanner/recurring.readonly socialplanner/recurring.write socialplanner/review.readonly
  socialplanner/review.write socialplanner/rss.readonly socialplanner/rss.write socialplanner/search.readonly
  socialplanner/setting.readonly socialplanner/setting.write socialplanner/snapshot.readonly
  socialplanner/snapshot.write socialplanner/stat.readonly socialplanner/statistics.readonly
  socialplanner/tag.readonly socialplanner/tag.write socialplanner/twitter.readonly
  socialplanner/watermarks.readonly socialplanner/watermarks.write sso-config.write surveys.readonly
  surveys.write text-ai-agent-goals.readonly text-ai-agent-goals.write text-ai-agent-training.write
  text-ai-agents-dashboard.readonly text-ai-agents.write triggers.write users-sso-login-management.readonly
  users-sso-login-management.write users.readonly users.write users/team-management.readonly
  users/team-management.write voice-ai-agent-goals.readonly voice-ai-agent-goals.write
  voice-ai-agents.readonly voice-ai-agents.write voice-ai-common.readonly voice-ai-common.write
  voice-ai-dashboard.readonly websites.write wordpress.write workflows.readonly workflows.write
`
  .trim()
  .split(/\s+/);
