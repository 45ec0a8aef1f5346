#!/usr/bin/env bash
# The command line of Bellman. Builds what it runs on first use and whenever a source is newer than the last build, keeps
# AOT caches so that the JVM starts fast, and hands over to org.bellmanrl.lab.Main; or, if the first word is bench, to
# org.bellmanrl.bench.Main. That, commands that use a cluster, and serve with --grpc have builds of their own in
# build/rl-bench, build/rl-cluster and build/rl-grpc; of these, the second has a cache.
#
# build/rl/current names the folder of the last good build: lib/ holds the jars, onnx/ that of ONNX Runtime, NAME.aot is the
# cache for one set of JVM flags, NAME.jdk the JDK that it was made with, networks the ids of the learners and wrappers that
# compute with networks, built the time before which sources were compiled. Builds are never changed in place, so that a program that is
# running keeps its jars. Where that folder cannot be written to, the build that is there runs as it is.
set -u

script=${BASH_SOURCE[0]}
while [ -L "$script" ]; do
  link=$(readlink "$script")
  case $link in
    /*) script=$link ;;
    *) script=$(dirname "$script")/$link ;;
  esac
done
case $script in
  */*) root=${script%/*} ;;
  *) root=. ;;
esac
root=$(cd "$root" && pwd -P) || exit 2
lock=$root/build/rl/lock
modules=(rl-api rl-env rl-env-box2d rl-env-jolt rl-env-mujoco rl-gymnasium rl-tabular rl-policy rl-deep rl-onnx rl-results rl-tune rl-lab)
if [ "${1-}" = bench ]; then
  shift
  program=rl-bench main=org.bellmanrl.bench.Main state=$root/build/rl-bench
  modules+=(rl-bench)
elif [ "${1-}" != help ] && [[ " ${*//=/ } " == *" "@(worker|cluster|--cluster|--workers)" "* ]]; then
  program=rl-cluster main=org.bellmanrl.lab.Main state=$root/build/rl-cluster
  modules+=(rl-cluster)
elif [ "${1-}" = serve ] && [[ " ${*//=/ } " == *" --grpc "* ]]; then
  program=rl-grpc main=org.bellmanrl.lab.Main state=$root/build/rl-grpc
  modules+=(rl-grpc)
else
  program=rl-lab main=org.bellmanrl.lab.Main state=$root/build/rl
fi

fail() {
  echo "rl: $*" >&2
  exit 2
}

# Java and Maven split the class path at colons, and there is no way to quote one.
case $root in
  *:*) fail "the folder '$root' has a colon in its path, at which Java splits a class path: rename it or move the clone" ;;
esac

# Sets flags_name and flags, the JVM's flags for the command line that is given, as the build knows the learners, and
# cache_output and cache_input, the flags with which the JVM writes and reads a cache for them.
choose_flags() {
  flags_name=plain cache_output=-XX:AOTCacheOutput cache_input=-XX:AOTCache
  flags=("@$root/etc/jvm.args")
  if wants_onnx "$@"; then
    flags_name=onnx
    return
  fi
  if [ "$program" != rl-lab ]; then
    # JMH, Pekko and Netty ask for Unsafe.
    flags+=("-Dbellman.root=$root" --sun-misc-unsafe-memory-access=allow)
  fi
  # A worker learns only later what it works on.
  if [ "$program" != rl-lab ] || may_need_networks "$@"; then
    flags_name=deep
    flags+=("@$root/etc/networks.args")
    # Replay memories are read at random, which is faster in huge pages; the JVM warns where the system has none to give.
    local pages=
    { read -r pages < /sys/kernel/mm/transparent_hugepage/enabled; } 2> /dev/null || true
    case $pages in
      *'[madvise]'* | *'[always]'*) flags+=(-XX:+UseTransparentHugePages) ;;
    esac
    # With an incubator module, an AOT cache has no lambdas, linked classes or profiles. A dynamic archive has lambdas.
    cache_output=-XX:ArchiveClassesAtExit cache_input=-XX:SharedArchiveFile
  fi
  if [ "$program" = rl-cluster ]; then flags_name=cluster; fi
}

# Whether the command is one that runs ONNX models.
wants_onnx() {
  local word
  for word in "$@"; do
    if [ "$word" = import ]; then [ "$program" = rl-lab ]; return; fi
  done
  return 1
}

# Whether the command may compute with networks: it names a learner or wrapper with networks, a run, an experiment's file or
# plugins. In a run or a file nobody looks: an unneeded Vector API costs a tenth of a second, a missing one makes networks several
# times slower.
may_need_networks() {
  local word ids
  ids=$'\n'$(< "$app/networks")$'\n'
  if [ -n "${RL_PLUGINS-}" ]; then return 0; fi
  case "$*" in *--plugins*) return 0 ;; esac
  # The first word is the command, and there may be a folder of that name.
  for word in "${@:2}"; do
    case $word in --*=*) word=${word#*=} ;; esac
    if [ -e "$word" ]; then return 0; fi
    word=${word%%:*} # a wrapper's options
    if [[ $ids == *$'\n'"${word#bellman/}"$'\n'* ]]; then return 0; fi
  done
  return 1
}

# Sets app to the folder of the current build; fails, with app set nevertheless, if a source is newer, and if there is none.
find_build() {
  local id module newer
  local sources=("$root/rl" "$root/pom.xml" "$root/etc/"*.args)
  { read -r id < "$state/current"; } 2> /dev/null || return 1
  [ -e "$state/$id/built" ] || return 1
  app=$state/$id
  for module in "${modules[@]}"; do
    sources+=("$root/$module/pom.xml" "$root/$module/src/main")
  done
  newer=$(find "${sources[@]}" -newer "$app/built" -print -quit 2>&1)
  [ -z "$newer" ]
}

# Sets class_path to all jars of the build, in one order for good: the cache holds for that order only.
find_class_path() {
  local jar
  local LC_ALL=C
  class_path=
  for jar in "$app"/lib/*.jar; do
    class_path=${class_path:+$class_path:}$jar
  done
}

# When a process began, which tells it from all others that have or had its pid: in another container, or before the
# machine was started again. Nothing if it is gone.
beginning() {
  local stat boot=
  if { read -r stat < "/proc/$1/stat"; } 2> /dev/null; then
    read -r boot 2> /dev/null < /proc/sys/kernel/random/boot_id
    # The 22nd field is wanted; the second may hold spaces.
    read -ra stat <<< "${stat##*) }"
    echo "${stat[19]} $boot"
  else
    ps -o lstart= -p "$1" 2> /dev/null
  fi
}

# Whether the lock $1 is left over from a process that is gone.
lock_is_dead() {
  local owner= began=
  { read -r owner began < "$1/owner"; } 2> /dev/null
  if [ -n "$owner" ]; then
    [ "$began" != "$(beginning "$owner")" ]
  else
    # Taken this moment, or by a process that ended before it could sign.
    is_old "$1"
  fi
}

is_old() {
  [ -n "$(find "$1" -prune -mmin +1 2> /dev/null)" ]
}

# Takes the lock $1, a folder, if it is free.
take_lock() {
  if ! mkdir "$1" 2> /dev/null; then
    lock_is_dead "$1" || return 1
    # Clearing a dead lock away takes a lock too, or two that wait might clear each other's.
    if is_old "$1.clearing"; then rmdir "$1.clearing"; fi
    mkdir "$1.clearing" 2> /dev/null || return 1
    if lock_is_dead "$1"; then rm -rf "$1"; fi
    rmdir "$1.clearing"
    mkdir "$1" 2> /dev/null || return 1
  fi
  sign_lock "$1" $$
}

# Says that process $2 owns the lock $1.
sign_lock() {
  echo "$2 $(beginning "$2")" > "$1/owner"
}

# Shows, until end_progress, that something goes on, if that takes longer than two seconds: in one line on a terminal, in a
# line every ten seconds elsewhere. $1 says what; $2 may be a log of Maven's, which tells the module at hand.
begin_progress() {
  show_progress "$@" > /dev/null < /dev/null &
  progress=$!
}

show_progress() {
  local seconds=0 line
  while sleep 1 > /dev/null 2>&1 && kill -0 $$ 2> /dev/null; do
    seconds=$((seconds + 1))
    line="rl: $1, $seconds s so far"
    if [ -n "${2-}" ]; then
      line+=$(sed -n 's/.*Building .*\[\([0-9]*\)\/\([0-9]*\)\]$/, module \1 of \2/p' "$2" | tail -n 1)
    fi
    if [ -t 2 ]; then
      if [ $seconds -ge 2 ]; then printf '\r%s\033[K' "${line:0:${COLUMNS:-80}-1}" >&2; fi
    elif [ $((seconds % 10)) = 2 ]; then
      echo "$line" >&2
    fi
  done
}

end_progress() {
  if [ -n "${progress-}" ]; then
    { kill "$progress" && wait "$progress"; } 2> /dev/null
    progress=
    if [ -t 2 ]; then printf '\r\033[K' >&2; fi
  fi
}

unlock() {
  end_progress
  rm -rf "$lock"
  trap - EXIT INT TERM
}

# One build at a time, of either program: they share the folders of Maven.
lock() {
  local owner=
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap end_progress EXIT
  if ! take_lock "$lock"; then
    { read -r owner _ < "$lock/owner"; } 2> /dev/null
    begin_progress "waiting for another ./rl${owner:+, process $owner,} that builds"
    until take_lock "$lock"; do sleep 0.2; done
    end_progress
  fi
  trap unlock EXIT
}

build() {
  local id=$$.$(date +%s) old target=$root/$program/target
  local command=(mvn -B -ntp -Dmaven.test.skip=true -pl "$program" -am package)
  type -P mvn > /dev/null || fail "Bellman is built on first use, and there is no Maven: install Maven 3.8.7 or newer"
  echo "rl: building Bellman (first use, or sources have changed) ..." >&2
  mkdir -p "$state/$id/lib" "$state/$id/onnx" || fail "cannot write to $state"
  touch "$state/$id/built"
  rm -rf "$target/app"
  : > "$state/build.log"
  begin_progress building "$state/build.log"
  if ! (cd "$root" && JAVA_HOME=$JDK "${command[@]}") > "$state/build.log" 2>&1 < /dev/null \
    || ! cp -p "$target"/app/lib/*.jar "$state/$id/lib/" 2>> "$state/build.log" \
    || ! cp -p "$root"/rl-lab/target/app/onnx/*.jar "$state/$id/onnx/" 2>> "$state/build.log" \
    || ! "$JDK/bin/java" -cp "$state/$id/lib/*" org.bellmanrl.lab.launcher.NetworkEntries \
      > "$state/$id/networks" 2>> "$state/build.log"; then
    end_progress
    rm -rf "${state:?}/$id"
    grep -m 5 ERROR "$state/build.log" >&2
    fail "the build failed. To see all of it: (cd '$root' && mvn -Dmaven.test.skip=true -pl $program -am package)"
  fi
  "$JDK/bin/java" -cp "$state/$id/lib/*" org.bellmanrl.lab.launcher.UpgradeJars "$state/$id"/lib/*.jar \
    >> "$state/build.log" 2>&1
  end_progress
  echo "$id" > "$state/current.new" && mv -f "$state/current.new" "$state/current"
  # The build before this one may still be in use somewhere, those before it hardly.
  for old in "$state"/*/built; do
    if [ "$old" -ot "$app/built" ]; then rm -rf "${old%/built}"; fi
  done 2> /dev/null
  app=$state/$id
}

# Whether the cache for these flags was made, or tried, with this build and this JDK, and is as it was written. A damaged
# cache may crash the JVM or make it hang, whatever the JVM checks. The checksum is compared where the file was changed
# since that was last done, and after a start of the machine.
cache_is_current() {
  local made_with sum
  local cache=$app/$flags_name.aot sums=$app/$flags_name.sum
  { read -r made_with < "$app/$flags_name.jdk"; } 2> /dev/null || return 1
  [ "$made_with" = "$JDK" ] && [ "$JDK/release" -ot "$app/$flags_name.jdk" ] || return 1
  if [ ! -e "$sums" ]; then return 0; fi
  if [ "$sums" -ot /proc/1 ] || [ -n "$(find "$cache" -cnewer "$sums" 2>&1)" ]; then
    read -r sum < "$sums"
    # The time from before the file was read: it may be changed meanwhile.
    touch "$sums.$$" 2> /dev/null
    if [ "$(cksum 2> /dev/null < "$cache")" != "$sum" ]; then
      rm -f "$sums.$$"
      return 1
    fi
    { touch -r "$sums.$$" "$sums" && rm -f "$sums.$$"; } 2> /dev/null
  fi
  return 0
}

# A training run through the commands in training/NAME.txt, in the background: this command, and those that follow until
# it is done, go without the cache, only more slowly. A failure is noted in the log and not tried again. The cache is on
# the disk before it has its name.
make_cache() {
  local cache=$app/$flags_name.aot work=$app/$flags_name.training making=$app/$flags_name.making
  take_lock "$making" || return 0
  (
    rm -rf "$app/$flags_name".{jdk,sum,aot} "$work" && mkdir "$work" && cd "$work" \
      && nice -n 5 "$JDK/bin/java" "${flags[@]}" "$cache_output=$cache.new" -cp "$class_path" \
        org.bellmanrl.lab.launcher.TrainCache "$root/rl-lab/src/main/launcher/training/$flags_name.txt" \
      && { sync "$cache.new" 2> /dev/null || sync; } \
      && cksum < "$cache.new" > "$app/$flags_name.sum" \
      && mv -f "$cache.new" "$cache"
    cd "$root" && rm -rf "$work"
    echo "$JDK" > "$app/$flags_name.jdk"
    rm -rf "$making"
  ) > "$app/$flags_name.log" 2>&1 < /dev/null &
  sign_lock "$making" $!
}

# Java reads and writes the names of files in the charset of the locale, which is ASCII where there is no locale, as under
# cron, in a container or over ssh. What is printed then has no arrows and the like.
locale_flags=()
choose_locale() {
  local letter=$'\xc3\xa9' byte=$'\xe9'
  if [ ${#letter} != 1 ] && [[ $byte != [[:alpha:]] ]]; then
    { export LC_ALL=C.UTF-8; } 2> /dev/null
    locale_flags=(-Dbellman.ascii=true)
  fi
}

# A shell knows how wide the terminal is, and keeps it to itself.
if [ -z "${COLUMNS-}" ] && [ -t 2 ]; then
  shopt -s checkwinsize
  (:)
fi
export COLUMNS=${COLUMNS-}

. "$root/etc/find-jdk.sh"
find_jdk || fail "no JDK 25 or newer found: install one (for example Eclipse Temurin 25) or point JAVA_HOME to it"

choose_locale
app=
if ! find_build; then
  if [ -n "$app" ] && ! [ -w "$state" ]; then
    echo "rl: sources are newer than the build, which cannot be renewed in $state: the old one runs" >&2
  else
    mkdir -p "$state" "${lock%/*}" 2> /dev/null && [ -w "$state" ] && [ -w "${lock%/*}" ] \
      || fail "cannot write to $state, where the build belongs: run ./rl once as the owner of $root"
    lock
    find_build || build
    unlock
  fi
fi
choose_flags "$@"
find_class_path
if [ "$flags_name" = onnx ]; then
  for jar in "$app"/onnx/*.jar; do class_path=$class_path:$jar; done
fi
# Benchmarks run for minutes, a server for longer, and what runs ONNX models loads a large library: no cache.
if { [ "$program" = rl-lab ] || [ "$program" = rl-cluster ]; } && [ "$flags_name" != onnx ]; then
  if ! cache_is_current; then
    if [ -w "$app" ]; then make_cache; fi
  elif [ -e "$app/$flags_name.aot" ]; then
    flags+=("$cache_input=$app/$flags_name.aot")
    # For the workers that a command starts, which load the same classes.
    if [ "$program" = rl-cluster ]; then flags+=("-Dbellman.archive=$app/$flags_name.aot"); fi
  fi
fi
if [ "$flags_name" = deep ] || [ "$flags_name" = cluster ]; then
  # The JVM can't be told not to warn of the module of its Vector API. The filter goes when the JVM does, and not before.
  exec 2> >(trap '' INT TERM; exec sed -u '1{/^WARNING: Using incubator modules: jdk.incubator.vector$/d}' >&2)
fi
if [ "${1-}" = jshell ]; then
  exec "$JDK/bin/jshell" --class-path "$class_path" --startup "$root/etc/startup.jsh" -R--enable-native-access=ALL-UNNAMED "${@:2}"
fi
# The JVM warns about a cache that it cannot use in its unified log, which is switched off.
exec "$JDK/bin/java" "${flags[@]}" ${locale_flags[@]+"${locale_flags[@]}"} -Xlog:disable -cp "$class_path" $main "$@"
