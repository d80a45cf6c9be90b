/** The profile: of an organization or of a person. */
export const profile = {
  organization: 'Organization',
  person: 'Your account',
  grantedBy: 'Connected by',
  name: 'Name',
  slug: 'Slug',
  website: 'Website',
  email: 'Email',
  created: 'Created',
  organizationId: 'Organization ID',
  userId: 'User ID',
  verified: 'Email verified',
  notVerified: 'Email not verified',
  notShared: 'Not shared',
  shareEmail: 'Share your email',
  thing: 'your profile',
}
