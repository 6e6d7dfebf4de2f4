# Jetty: a base folder of its own with the modules of one environment, WARs in webapps, port 0.

case $name in *-ee11) environment=ee11 ;; *) environment=ee10 ;; esac

deployed_in_log='Started .*WebAppContext'

container_home() {
  distribution org.eclipse.jetty:jetty-home "$(version_of "$name")" tar.gz
}

configure_container() {
  local home=$1 pair context modules=http,http2c,$environment-deploy,$environment-annotations
  shift
  [ $jsp = false ] || modules+=,$environment-jsp
  [ ${#shared[@]} -eq 0 ] || modules+=,$environment-ext
  (cd "$base" && "$JAVA_HOME/bin/java" -jar "$home/start.jar" "jetty.base=$base" --create-startd \
    "--add-modules=$modules") >"$log" 2>&1 || fail "cannot add Jetty's modules"
  [ ${#shared[@]} -eq 0 ] || cp "${shared[@]}" "$base/lib/$environment/ext/"
  mkdir -p "$base/webapps"
  for pair in "$@"; do
    context=$(context_name "${pair%%=*}")
    cp "${pair#*=}" "$base/webapps/$context.war"
    echo "environment=$environment" >"$base/webapps/$context.properties"
  done
}

launch_container() {
  exec setsid "$JAVA_HOME/bin/java" -Xmx512m -XX:-UsePerfData "-Djava.io.tmpdir=$base/tmp" \
    -jar "$1/start.jar" "jetty.base=$base" jetty.http.host=127.0.0.1 jetty.http.port=0 \
    "jetty.deploy.scanInterval=$([ $hot_deploy = true ] && echo 1 || echo 0)"
}

find_port() {
  port=$(sed -n 's/.*Started .*ServerConnector.*{127.0.0.1:\([0-9]*\)}.*/\1/p' "$log")
}
