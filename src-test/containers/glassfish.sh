# GlassFish: a copy of its domain, every listener on loopback, WARs deployed through asadmin.

case $name in
  glassfish7) java_versions="17 21" ;; # its modules do not start on 25
  glassfish8) java_versions="21 99" ;;
esac

container_home() {
  distribution org.glassfish.main.distributions:glassfish "$(version_of "$name")" zip
}

configure_container() {
  local first
  first=$(free_ports 8)
  port=$first
  admin_port=$((first + 1))
  mkdir "$base/domains"
  cp -r "$1/glassfish/domains/domain1" "$base/domains/pipebridge"
  # no message service, which would listen on every interface
  sed -i -e 's/0\.0\.0\.0/127.0.0.1/g' \
    -e '/network-listener .*address=/!s/<network-listener /<network-listener address="127.0.0.1" /' \
    -e "s/port=\"8080\"/port=\"$port\"/;s/port=\"4848\"/port=\"$admin_port\"/" \
    -e "s/port=\"8181\"/port=\"$((first + 2))\"/;s/port=\"3700\"/port=\"$((first + 3))\"/" \
    -e "s/port=\"3820\"/port=\"$((first + 4))\"/;s/port=\"3920\"/port=\"$((first + 5))\"/" \
    -e "s/port=\"7676\"/port=\"$((first + 6))\"/;s/port=\"8686\"/port=\"$((first + 7))\"/" \
    -e '/<jms-service /,/<\/jms-service>/d' \
    "$base/domains/pipebridge/config/domain.xml"
}


launch_container() {
  export AS_JAVA=$JAVA_HOME
  exec setsid "$1/glassfish/bin/asadmin" start-domain --verbose --domaindir "$base/domains" pipebridge
}

deploy_container() {
  local home=$1 pair
  shift
  for pair in "$@"; do
    AS_JAVA=$JAVA_HOME "$home/glassfish/bin/asadmin" --port "$admin_port" deploy \
      --contextroot "${pair%%=*}" --name "$(context_name "${pair%%=*}")" "${pair#*=}" >>"$log" 2>&1 ||
      fail "cannot deploy at ${pair%%=*}"
  done
}

find_port() {
  [ -n "$port" ]
}
