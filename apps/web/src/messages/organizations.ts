/** The organizations of a person who connected all of them. */
export const organizations = {
  label: 'Organization',
  all: 'All organizations',
  unknown: 'Unknown organization',
  chooseFirst: 'Choose an organization to see its products.',
}
