# Undertow that does not heed SIGTERM, for leftovers.

. "$here/undertow.sh"
eval "undertow_$(declare -f launch_container)"

launch_container() {
  trap '' TERM
  undertow_launch_container "$@"
}
