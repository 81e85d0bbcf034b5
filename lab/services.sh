# shellcheck shell=bash
# The internet of the lab: DNS, two certificate authorities, image registry, S3 store and package source, all in the
# namespace `internet`, each at an address of its own. Sourced by the world; the functions run inside it.

tree() { chroot "$state/control/root" "$@"; }

# keys: the operator's SSH key and the lab's own authority, which signs the internet's servers. New at every `up`.
keys() {
  local shared=$state/shared name
  rm -rf "$shared/ssh" "$shared/pki"
  mkdir -p "$shared/ssh" "$shared/pki"
  tree ssh-keygen -q -t ed25519 -N '' -C operator -f /lab/ssh/key
  tree openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=Lab authority' \
    -keyout /lab/pki/ca.key -out /lab/pki/ca.crt 2>/dev/null
  for name in acme acme-staging registry s3; do
    tree openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$name.example.net" \
      -addext "subjectAltName=DNS:$name.example.net" -addext basicConstraints=critical,CA:FALSE \
      -CA /lab/pki/ca.crt -CAkey /lab/pki/ca.key -keyout "/lab/pki/$name.key" -out "/lab/pki/$name.crt" 2>/dev/null
  done
  tree openssl pkcs12 -export -in /lab/pki/s3.crt -inkey /lab/pki/s3.key -passout pass:changeit -out /lab/pki/s3.p12
  mkdir -p "$state/control/root/root/.ssh"
  cat >"$state/control/root/root/.ssh/config" <<'CONFIG'
Host *
  User deploy
  IdentityFile /lab/ssh/key
  UserKnownHostsFile /lab/ssh/known_hosts
  StrictHostKeyChecking yes
  ConnectTimeout 5
CONFIG
  chmod -R go= "$state/control/root/root/.ssh"
  cp "$shared/pki/ca.crt" "$state/control/root/usr/local/share/ca-certificates/lab.crt"
  tree update-ca-certificates >"$state/log/keys.log" 2>&1
}

# secrets: what an operator would keep in Ansible Vault. New at every `up`.
secrets() {
  tree python3 -c '
import json, secrets
names = ("POLLS_SECRET_KEY", "DATABASE_PASSWORD", "POLLS_CLUSTER_SECRET", "STATIC_ACCESS_KEY_ID", "STATIC_SECRET_KEY")
print(json.dumps({name: secrets.token_urlsafe(48) for name in names}))' >"$state/shared/secrets.json"
  chmod 600 "$state/shared/secrets.json"
}

secret() { tree jq -r ".$1" /lab/secrets.json; }

# internet NAME COMMAND...: a service of the internet; its output goes to the log of that name.
internet() {
  local name=$1 command
  shift
  mapfile -d '' command < <(control_command internet "$@")
  "${command[@]}" </dev/null >"$state/log/$name.log" 2>&1 &
}

# answers URL: waits until the control node gets an answer there.
answers() {
  local command
  mapfile -d '' command < <(control_command control curl --silent --output /dev/null --max-time 2 "$1")
  for _ in $(seq 500); do
    "${command[@]}" && return
    sleep 0.2
  done
  say "no answer from $1; see the logs in $state/log"
  return 1
}

# authority NAME ADDRESS: a Pebble. Certificates last 90 days, as the best known public authority's do today.
authority() {
  cat >"$state/shared/$1.json" <<JSON
{"pebble": {"listenAddress": "$2:443", "managementListenAddress": "$2:15000",
  "certificate": "/lab/pki/$1.crt", "privateKey": "/lab/pki/$1.key", "httpPort": 80, "tlsPort": 443,
  "ocspResponderURL": "", "externalAccountBindingRequired": false, "certificateValidityPeriod": 7776000}}
JSON
  internet "$1" env PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=5 \
    pebble -strict -config "/lab/$1.json" -dnsserver 198.51.100.53:53
}

# root NAME: keeps the root certificate that the authority has made at its start, for those who must trust it.
root() {
  local command
  mapfile -d '' command < <(control_command control curl --silent --fail --output "/lab/pki/$1-root.pem" \
    "https://$1.example.net:15000/roots/0")
  "${command[@]}"
}

services() {
  mkdir -p "$state/shared/registry" "$state/shared/packages" "$state/shared/s3/polls"
  internet dns dnsmasq --keep-in-foreground --no-resolv --no-hosts --user=root --log-facility=- \
    --listen-address=198.51.100.53 --bind-interfaces --local=/#/ \
    --host-record=polls.example.org,203.0.113.10,2001:db8:113::10 \
    --host-record=acme.example.net,198.51.100.21 --host-record=acme-staging.example.net,198.51.100.22 \
    --host-record=registry.example.net,198.51.100.30 --host-record=s3.example.net,198.51.100.31 \
    --host-record=packages.example.net,198.51.100.32
  authority acme 198.51.100.21
  authority acme-staging 198.51.100.22
  cat >"$state/shared/registry.yml" <<'YAML'
version: 0.1
storage: {filesystem: {rootdirectory: /lab/registry}}
http: {addr: "198.51.100.30:443", tls: {certificate: /lab/pki/registry.crt, key: /lab/pki/registry.key}}
YAML
  internet registry docker-registry serve /lab/registry.yml
  internet packages python3 -m http.server --bind 198.51.100.32 --directory /lab/packages 80
  cat >"$state/shared/s3proxy.conf" <<CONF
s3proxy.secure-endpoint=https://198.51.100.31:443
s3proxy.keystore-path=/lab/pki/s3.p12
s3proxy.keystore-password=changeit
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=$(secret STATIC_ACCESS_KEY_ID)
s3proxy.credential=$(secret STATIC_SECRET_KEY)
s3proxy.virtual-host=s3.example.net
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=/lab/s3
CONF
  cat >"$state/shared/logback.xml" <<'XML'
<configuration>
  <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%d %level %logger{20} %msg%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="console"/></root>
</configuration>
XML
  internet s3 java -Xmx192m -Dlogback.configurationFile=/lab/logback.xml -cp '/lab/s3proxy/*' \
    org.gaul.s3proxy.Main --properties /lab/s3proxy.conf
  answers https://acme.example.net/dir
  answers https://acme-staging.example.net/dir
  answers https://registry.example.net/v2/
  root acme
  root acme-staging
  answers http://packages.example.net/
  answers https://s3.example.net/
}
