/** An organization with every member that Polar's API answers. */
import type { Organization } from './models.ts'

export function createOrganization(profile: {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly currency: string
  readonly country: NonNullable<Organization['country']>
  readonly createdAt: string
}): Organization {
  const { id, name, slug, currency, country, createdAt } = profile
  return {
    created_at: createdAt,
    modified_at: null,
    id,
    name,
    slug,
    avatar_url: null,
    proration_behavior: 'prorate',
    allow_customer_updates: true,
    email: `hello-${slug}@example.com`,
    website: `https://${slug}.example`,
    socials: [],
    status: 'active',
    details_submitted_at: createdAt,
    onboarding_resubmission_requested_at: null,
    sso_enforced: false,
    default_presentment_currency: currency,
    default_tax_behavior: 'location',
    feature_settings: {
      member_model_enabled: true,
      checkout_localization_enabled: false,
      overview_metrics: null,
    },
    subscription_settings: {
      allow_multiple_subscriptions: false,
      proration_behavior: 'prorate',
      benefit_revocation_grace_period: 0,
      prevent_trial_abuse: false,
      allow_customer_updates: true,
    },
    customer_email_settings: {
      order_confirmation: true,
      payment_method_expiration_reminder: true,
      subscription_cancellation: true,
      subscription_confirmation: true,
      subscription_cycled: true,
      subscription_cycled_after_trial: true,
      subscription_past_due: true,
      subscription_paused: true,
      subscription_resumed: true,
      subscription_renewal_reminder: true,
      subscription_revoked: true,
      subscription_trial_conversion_reminder: true,
      subscription_uncanceled: true,
      subscription_updated: true,
    },
    customer_portal_settings: {
      usage: { show: true },
      subscription: { update_seats: true, update_plan: true },
    },
    dispute_settings: { auto_accept_below_amount: null },
    embed_hosts: [],
    country,
    account_id: null,
    payout_account_id: null,
    capabilities: {
      checkout_payments: true,
      subscription_renewals: true,
      payouts: true,
      refunds: true,
      api_access: true,
      dashboard_access: true,
    },
  }
}
