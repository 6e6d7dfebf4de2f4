# WildFly: a standalone folder of its own, WARs in deployments, all ports 0; no launcher script,
# which would stay between us and the process.

container_home() {
  distribution org.wildfly:wildfly-dist "$(version_of "$name")" tar.gz
}

configure_container() {
  local home=$1 pair
  shift
  cp -r "$home/standalone" "$base/standalone"
  # content of any size; else 10 MiB
  sed -i 's/<http-listener name="default"/& max-post-size="0"/' \
    "$base/standalone/configuration/standalone.xml"
  for pair in "$@"; do
    cp "${pair#*=}" "$base/standalone/deployments/$(context_name "${pair%%=*}").war"
  done
}

launch_container() {
  exec setsid "$JAVA_HOME/bin/java" -Xmx512m -XX:-UsePerfData "-Djava.io.tmpdir=$base/tmp" \
    -Djava.net.preferIPv4Stack=true "-Djboss.home.dir=$1" "-Djboss.server.base.dir=$base/standalone" \
    "-Dorg.jboss.boot.log.file=$base/standalone/log/server.log" \
    "-Dlogging.configuration=file:$base/standalone/configuration/logging.properties" \
    --add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
    --add-opens=java.base/java.lang.invoke=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED \
    --add-opens=java.base/java.security=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED \
    -jar "$1/jboss-modules.jar" -mp "$1/modules" org.jboss.as.standalone \
    -b 127.0.0.1 -bmanagement 127.0.0.1 -Djboss.http.port=0 -Djboss.https.port=0 \
    -Djboss.management.http.port=0
}

find_port() {
  port=$(sed -n 's/.*Undertow HTTP listener default listening on 127.0.0.1:\([0-9]*\).*/\1/p' "$log")
}
