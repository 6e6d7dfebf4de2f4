# Jetty: a base folder of its own with the ee10 modules, WARs in webapps, port 0.

container_home() {
  distribution org.eclipse.jetty:jetty-home "$(version jetty.distribution.version)"
}

configure_container() {
  local home=$1 pair name
  shift
  (cd "$base" && java -jar "$home/start.jar" "jetty.base=$base" --create-startd \
    --add-modules=http,ee10-deploy,ee10-annotations) >"$log" 2>&1 || fail "cannot add Jetty's modules"
  mkdir -p "$base/webapps"
  for pair in "$@"; do
    name=$(context_name "${pair%%=*}")
    cp "${pair#*=}" "$base/webapps/$name.war"
    echo "environment=ee10" >"$base/webapps/$name.properties"
  done
}

launch_container() {
  exec java -Xmx256m "-Djava.io.tmpdir=$base" -jar "$1/start.jar" "jetty.base=$base" \
    jetty.http.host=127.0.0.1 jetty.http.port=0
}

port_in_log() {
  sed -n 's/.*Started .*ServerConnector.*{127.0.0.1:\([0-9]*\)}.*/\1/p' "$log"
}
