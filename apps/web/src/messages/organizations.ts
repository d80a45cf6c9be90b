/** The organizations of a person who connected all of theirs. */
export const organizations = {
  label: 'Organization',
  all: 'All organizations',
  unknown: 'Unknown organization',
  chooseFirst: 'Choose an organization to see its products.',
}
