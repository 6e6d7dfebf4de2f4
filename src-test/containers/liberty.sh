# Open Liberty: a user folder of its own with one server that has the servlet feature only.

container_home() {
  distribution io.openliberty:openliberty-runtime "$(version_of "$name")" zip
}

configure_container() {
  local server=$base/usr/servers/pipebridge pair context
  shift
  mkdir -p "$server/apps"
  port=$(free_ports 1)
  {
    echo "<server>"
    echo "  <featureManager><feature>servlet-6.0</feature></featureManager>"
    echo "  <httpEndpoint id=\"defaultHttpEndpoint\" host=\"127.0.0.1\" httpPort=\"$port\" httpsPort=\"-1\"/>"
    echo "  <applicationMonitor updateTrigger=\"disabled\"/>"
    for pair in "$@"; do
      context=$(context_name "${pair%%=*}")
      cp "${pair#*=}" "$server/apps/$context.war"
      echo "  <webApplication name=\"$context\" location=\"$context.war\" contextRoot=\"${pair%%=*}\"/>"
    done
    echo "</server>"
  } >"$server/server.xml"
}

launch_container() {
  export WLP_USER_DIR=$base/usr LOG_DIR=$base/logs
  cd "$base"
  exec setsid "$JAVA_HOME/bin/java" -Xmx512m -XX:-UsePerfData "-Djava.io.tmpdir=$base/tmp" \
    "-javaagent:$1/bin/tools/ws-javaagent.jar" -Djava.awt.headless=true \
    -jar "$1/bin/tools/ws-server.jar" pipebridge
}

find_port() {
  [ -n "$port" ]
}
