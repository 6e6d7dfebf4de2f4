# The ways to deploy an application, driven in one container: sourced by run.

# expect PATH STATUS TEXT: what a GET must answer; TEXT is a part of the content
expect() {
  local status
  status=$(curl -s -m 30 -o "$work/answer" -w '%{http_code}' "http://127.0.0.1:$port$1") || true
  if [ "$status" != "$2" ] || [[ $(<"$work/answer") != *"$3"* ]]; then
    cat "$work/answer" >&2
    fail "$name: GET $1 answered $status instead of $2 with \"$3\""
  fi
}

# until_expected PATH STATUS: waits until a GET answers so
until_expected() {
  local began=$SECONDS
  until [ "$(curl -s -m 30 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port$1")" = "$2" ]; do
    [ $((SECONDS - began)) -lt 60 ] || fail "$name: GET $1 did not come to answer $2"
    sleep 0.2
  done
}

# war NAME SAMPLE: $work/NAME.war out of a sample and what standard input has for its web.xml
war() {
  local folder=$work/$1
  mkdir "$folder"
  (cd "$folder" && jar xf "$2")
  cat >"$folder/web.xml"
  [ ! -s "$folder/web.xml" ] || mv "$folder/web.xml" "$folder/WEB-INF/web.xml"
  echo '<p>a file</p>' >"$folder/index.html"
  # shellcheck disable=SC2016 # it is for the JSP to compute
  echo '<p>a page: ${6 * 7}</p>' >"$folder/page.jsp"
  (cd "$folder" && jar cf "$work/$1.war" .)
}

# thin NAME SAMPLE: $work/NAME.war out of a sample, without Pipebridge
thin() {
  war "$1" "$2" </dev/null
  rm "$work/$1"/WEB-INF/lib/pipebridge-*.jar
  (cd "$work/$1" && jar cf "$work/$1.war" .)
}

wars() {
  war prefix "$hello" <<'XML'
<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
  <servlet>
    <servlet-name>pipeline</servlet-name>
    <servlet-class>org.pipebridge.servlet.PipelineServlet</servlet-class>
    <load-on-startup>1</load-on-startup>
    <async-supported>true</async-supported>
  </servlet>
  <servlet-mapping>
    <servlet-name>pipeline</servlet-name>
    <url-pattern>/api/*</url-pattern>
  </servlet-mapping>
</web-app>
XML
  war filter "$hello" <<'XML'
<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
  <filter>
    <filter-name>pipeline</filter-name>
    <filter-class>org.pipebridge.servlet.PipelineFilter</filter-class>
    <async-supported>true</async-supported>
  </filter>
  <filter-mapping>
    <filter-name>pipeline</filter-name>
    <url-pattern>/*</url-pattern>
  </filter-mapping>
</web-app>
XML
  thin one "$hello"
  thin two "$explorer"
}

# undeployed_in_flight: a client sees the end of what runs, or that it was broken off
undeployed_in_flight() {
  local status=0
  curl -sN -m 60 -o "$work/slow" "http://127.0.0.1:$port/going/slow?seconds=4" &
  task=$!
  until [ -s "$work/slow" ]; do
    kill -0 "$task" 2>/dev/null || fail "$name did not begin to answer"
    sleep 0.1
  done
  rm "$base/webapps/going.war" "$base/webapps/going.properties" 2>/dev/null || true
  wait "$task" || status=$?
  task=
  [ $status -ne 0 ] || grep -q '</html>' "$work/slow" || fail "$name: a cut answer looks complete"
  until_expected /going/ 404
  echo "  undeployed with a request in flight: the client saw $([ $status -eq 0 ] && echo all || echo a cut)"
}

# redeployed TIMES: what is left of the old ones afterwards
redeployed() {
  local time before kept
  for ((time = 1; time <= $1; time++)); do
    before=$(grep -c "$deployed_in_log" "$log")
    touch -d "-$((3600 - time)) seconds" "$base/webapps/again.war" # Tomcat lets new files settle
    until [ "$(grep -c "$deployed_in_log" "$log")" -gt "$before" ]; do
      kill -0 "$pid" 2>/dev/null || fail "$name ended"
      sleep 0.1
    done
    expect /again/ 200 "Hello, world!"
  done
  for ((time = 0; time < 50; time++)); do
    "$JAVA_HOME/bin/jcmd" "$pid" GC.run >/dev/null
    kept=$("$JAVA_HOME/bin/jcmd" "$pid" VM.classloader_stats | grep -ciE 'webapp ?classloader') || true
    [ "$kept" -gt "$2" ] || break
    sleep 0.2
  done
  [ "$kept" -le "$2" ] || fail "$name: $kept class loaders are left of $2 applications"
  echo "  redeployed $1 times: no class loader is left"
}

# forms CONTAINER
forms() {
  wars
  hot_deploy=true
  jsp=true
  start_container "$1" "/=$hello" "/prefix=$work/prefix.war" "/filter=$work/filter.war" \
    "/going=$explorer" "/again=$hello"
  expect / 200 "Hello, world!"
  expect /prefix/api/ 200 "Hello, world!"
  expect /prefix/api/none 404 ""
  expect /prefix/index.html 200 "a file"
  echo "  a servlet at a prefix beside files"
  expect /filter/ 200 "Hello, world!"
  expect /filter/page.jsp 200 "a page: 42"
  expect /filter/index.html 200 "a file"
  echo "  a filter in front of files and JSPs"
  undeployed_in_flight
  redeployed 20 4
  stop_container
  check_log

  mapfile -t shared < <(find "$work/prefix/WEB-INF/lib" -name 'pipebridge-*.jar')
  start_container "$1" "/one=$work/one.war" "/two=$work/two.war"
  expect /one/ 200 "Hello, world!"
  expect /two/ 200 "It works"
  echo "  two applications over one Pipebridge"
  stop_container
  shared=()

  case $1 in
    tomcat*)
      start_container "$1" "/app##1=$hello" "/app##2=$explorer"
      expect /app/ 200 "It works"
      rm "$base/webapps/app##2.war"
      until_expected /app/style.css 404
      expect /app/ 200 "Hello, world!"
      echo "  two versions side by side"
      stop_container
      ;;
  esac
}
