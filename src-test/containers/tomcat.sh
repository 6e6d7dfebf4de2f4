# Tomcat: a base folder of its own, WARs in webapps, port 0. It speaks HTTP/2 with the settings that
# docs/containers.md names for clients that leave.

deployed_in_log='Deployment of web application archive .* has finished'

container_home() {
  distribution org.apache.tomcat:tomcat "$(version_of "$name")" tar.gz
}

configure_container() {
  local home=$1 pair
  shift
  mkdir -p "$base/conf" "$base/webapps" "$base/temp" "$base/logs" "$base/work"
  cp "$home/conf/web.xml" "$base/conf/"
  if [ ${#shared[@]} -gt 0 ]; then
    mkdir "$base/lib"
    cp "${shared[@]}" "$base/lib/"
  fi
  cat >"$base/conf/server.xml" <<XML
<Server port="-1">
  <Listener className="org.apache.catalina.core.JreMemoryLeakPreventionListener"/>
  <Service name="Catalina">
    <Connector address="127.0.0.1" port="0" socket.bufferPool="0">
      <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"
          overheadResetFactor="0" discardRequestsAndResponses="true"/>
    </Connector>
    <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="1">
      <Host name="localhost" appBase="webapps" autoDeploy="$hot_deploy"/>
    </Engine>
  </Service>
</Server>
XML
  for pair in "$@"; do
    cp "${pair#*=}" "$base/webapps/$(context_name "${pair%%=*}").war"
  done
}

launch_container() {
  export CATALINA_HOME=$1 CATALINA_BASE=$base CATALINA_OPTS="-Xmx512m -XX:-UsePerfData"
  exec setsid "$1/bin/catalina.sh" run
}

find_port() {
  port=$(sed -n 's/.*Starting ProtocolHandler \["http-nio-127.0.0.1-auto-[0-9]*-\([0-9]*\)"\].*/\1/p' "$log")
}
