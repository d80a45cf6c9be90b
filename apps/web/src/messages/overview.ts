/** The overview. */
export const overview = {
  who: 'Who is connected',
  allowedBy: (name: string) => `Allowed by ${name}`,
  manage: 'Manage connection',
  all: 'View all products',
}
