/** An organization, with all members of Polar's API. */
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
      issue_funding_enabled: false,
      wallets_enabled: false,
      member_model_enabled: true,
      checkout_localization_enabled: false,
      overview_metrics: null,
      reset_proration_behavior_enabled: false,
      off_session_charges_enabled: false,
      meter_cycling_enabled: false,
      slack_benefit_enabled: false,
      preview_access_enabled: false,
      disputes_enabled: false,
      sso_enabled: false,
      dispute_auto_accept_enabled: false,
      compass_enabled: false,
      merchant_migration_enabled: false,
      frame_ancestors_enforced: false,
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
      customer: { allow_email_change: false },
    },
    dispute_settings: { auto_accept_below_amount: null },
    embed_hosts: [],
    country,
    account_id: '73426fe1-2d01-4912-b1e4-3612151005c8',
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
