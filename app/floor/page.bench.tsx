// Dynamic like every page of the portal: its layout reads the request's language and theme.
export default function EmptyPage() {
  return null;
}
