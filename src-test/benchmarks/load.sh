# Drives pipeline and bare servlet in turn with wrk; sourced by run, which has set classpath.

rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-6}
connections=32

# on_core N COMMAND...: becomes the command, on one core where there are two or more to choose from;
# call it in a subshell, whose pid is then the command's
on_core() {
  local core=$1
  shift
  if [ "$(nproc)" -ge 2 ] && command -v taskset >/dev/null; then
    exec taskset -c "$core" "$@"
  else
    exec "$@"
  fi
}

start_server() {
  log=$(mktemp)
  on_core 0 java -Djava.util.logging.config.file="$root/src-test/logging.properties" \
    -cp "$classpath" org.pipebridge.benchmarks.BenchmarkServer >"$log" &
  server=$!
  trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -f "$log"' EXIT
  local tries=0
  until grep -q '^listening on ' "$log"; do
    kill -0 "$server" && [ $((tries += 1)) -lt 300 ] || exit 1
    sleep 0.1
  done
  address=$(sed -n 's/^listening on //p' "$log")
}

# cpu_ticks: the processor time of the server so far, in clock ticks
cpu_ticks() {
  awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$server/stat"
}

# drive PATH SECONDS: prints requests per second, CPU microseconds per request, p99 in microseconds
drive() {
  local before after
  before=$(cpu_ticks)
  (on_core 1 timeout $(($2 + 30)) \
    wrk -t1 -c"$connections" -d"$2s" --latency "${fields[@]}" "http://$address$1" >"$log.wrk")
  after=$(cpu_ticks)
  awk -v ticks=$((after - before)) -v hertz="$(getconf CLK_TCK)" '
    function micros(t) { return t ~ /us$/ ? t + 0 : t ~ /ms$/ ? t * 1000 : t * 1000000 }
    $1 == "99%" { p99 = micros($2) }
    $2 == "requests" && $3 == "in" { requests = $1 }
    $1 == "Requests/sec:" { rate = $2 }
    /Non-2xx|Socket errors/ { print > "/dev/stderr"; failed = 1 }
    END {
      if (failed || !requests) exit 1
      printf "%d %.1f %d\n", rate, ticks / hertz * 1e6 / requests, p99
    }' "$log.wrk"
  rm -f "$log.wrk"
}

# as in the allocation gate: twenty fields with Host, three of which the routine reads
set_fields() {
  local i
  fields=(-H 'Accept: text/plain' -H 'User-Agent: pipebridge-benchmarks' -H 'X-Request-Id: 7f3a9c')
  for i in {4..19}; do
    fields+=(-H "X-Header-$i: value $i")
  done
}

# compare NAME: a row of medians, and of the medians of the ratios of pairs
compare() {
  local name=$1 query= round pairs=
  [ "$name" = routine ] && query='?id=42&view=short'
  drive "/bare/$name$query" "$seconds" >/dev/null
  drive "/pipe/$name$query" "$seconds" >/dev/null
  for ((round = 0; round < rounds; round++)); do
    if ((round % 2)); then
      piped=$(drive "/pipe/$name$query" "$seconds")
      plain=$(drive "/bare/$name$query" "$seconds")
    else
      plain=$(drive "/bare/$name$query" "$seconds")
      piped=$(drive "/pipe/$name$query" "$seconds")
    fi
    pairs+="$plain $piped"$'\n'
  done
  printf '%s' "$pairs" | awk -v name="$name" '
    function median(v, n, i, j, t) {
      for (i = 1; i < n; i++) for (j = i + 1; j <= n; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
      return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
    }
    { for (i = 1; i <= 3; i++) { plain[i, NR] = $i; piped[i, NR] = $(i + 3); ratio[i, NR] = $(i + 3) / $i } }
    function column(m, i, n, k) { for (k = 1; k <= n; k++) v[k] = m[i, k]; return median(v, n) }
    END {
      printf "| %-9s |", name
      split("%7.0f %6.1f %6.0f", form, " ")
      for (i = 1; i <= 3; i++)
        printf " " form[i] " | " form[i] " | %5.2f |", column(plain, i, NR), column(piped, i, NR), column(ratio, i, NR)
      print ""
    }'
}

load() {
  [ $# -gt 0 ] || set -- plaintext routine later streaming
  require wrk wrk
  set_fields
  start_server
  echo "medians of $rounds rounds of $seconds s, $connections connections; ratio: pipeline / bare"
  echo '| workload  | requests/s bare | pipeline | ratio | CPU µs bare | pipeline | ratio | p99 µs bare | pipeline | ratio |'
  echo '|---|---|---|---|---|---|---|---|---|---|'
  local name
  for name in "$@"; do
    compare "$name"
  done
}
