#!/usr/bin/env bash
# The command line of Bellman. Builds what it runs on first use and whenever a source is newer than the last build, keeps
# an AOT cache so that the JVM starts fast, and hands over to org.bellmanrl.lab.Main; or, if the first word is bench, to
# org.bellmanrl.bench.Main, which has a build of its own in build/rl-bench and no cache.
#
# build/rl/current names the folder of the last good build: lib/ holds the jars, onnx/ that of ONNX Runtime, NAME.aot is the cache for one set of JVM
# flags, NAME.jdk the JDK that it was made with, networks the ids of the learners that compute with networks, built the
# time before which sources were compiled. Builds are never changed in place, so that a program that is running keeps its
# jars.
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
modules=(rl-api rl-env rl-env-box2d rl-env-jolt rl-env-mujoco rl-tabular rl-policy rl-deep rl-onnx rl-lab)
if [ "${1-}" = bench ]; then
  shift
  program=rl-bench main=org.bellmanrl.bench.Main state=$root/build/rl-bench
  modules+=(rl-bench)
else
  program=rl-lab main=org.bellmanrl.lab.Main state=$root/build/rl
fi

fail() {
  echo "rl: $*" >&2
  exit 2
}

# Sets flags_name and flags, the JVM's flags for the command line that is given, as the build knows the learners.
choose_flags() {
  flags_name=plain
  # Box2D, Jolt and MuJoCo are native libraries, loaded from the class path: without permission the JVM warns about that.
  flags=(-XX:+UseSerialGC -XX:-UsePerfData -Dguice_bytecode_gen_option=DISABLED --enable-native-access=ALL-UNNAMED)
  if wants_onnx "$@"; then
    # With the serial collector, ONNX Runtime 1.29 has ended the JVM.
    flags_name=onnx flags=("${flags[@]:1}")
    return
  fi
  if [ "$program" = rl-bench ]; then
    # JMH asks for Unsafe.
    flags+=("-Dbellman.root=$root" --sun-misc-unsafe-memory-access=allow)
  fi
  if [ "$program" = rl-bench ] || wants_networks "$@"; then
    flags_name=deep
    flags+=(--add-modules jdk.incubator.vector)
  fi
}

# Whether the command is one that runs ONNX models.
wants_onnx() {
  local word
  for word in "$@"; do
    if [ "$word" = import ]; then [ "$program" = rl-lab ]; return; fi
  done
  return 1
}

# Whether a word of the command line is a learner with networks, or the folder or file of a run with one.
wants_networks() {
  local word id line file
  local ids=$'\n'$(< "$app/networks")$'\n'
  for word in "$@"; do
    if [[ $ids == *$'\n'"$word"$'\n'* ]]; then return 0; fi
    for file in "$word/run.yaml" "$word/seeds.yaml" "$word"; do
      if [[ $file == *.yaml && -f $file ]]; then
        while read -r line; do
          case $line in
            *learner:*id:*) id=${line#*id: } ;;
            id:*) id=${line#id: } ;;
            *) continue ;;
          esac
          id=${id%%[, \}]*}
          id=${id//[\"\']/}
          if [[ $ids == *$'\n'"$id"$'\n'* ]]; then return 0; fi
        done 2> /dev/null < "$file"
      fi
    done
  done
  return 1
}

# Sets app to the folder of the current build, and fails if there is none or a source is newer.
find_build() {
  local id module newer
  local sources=("$root/rl" "$root/pom.xml")
  { read -r id < "$state/current"; } 2> /dev/null || return 1
  app=$state/$id
  [ -e "$app/built" ] || return 1
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

unlock() {
  rm -rf "$lock"
}

# Whether the lock is left over from a process that is gone.
lock_is_dead() {
  local owner=
  { read -r owner < "$lock/owner"; } 2> /dev/null
  if [ -n "$owner" ]; then
    ! kill -0 "$owner" 2> /dev/null
  else
    # Taken this moment, or by a process that ended before it could sign.
    [ -n "$(find "$lock" -prune -mmin +1 2> /dev/null)" ]
  fi
}

# One build at a time, of either program: they share the folders of Maven.
lock() {
  mkdir -p "$state" "${lock%/*}" || fail "cannot write to $state"
  until mkdir "$lock" 2> /dev/null; do
    # Clearing a dead lock away takes a lock too, or two that wait might clear each other's.
    if lock_is_dead && mkdir "${lock%/*}/clearing" 2> /dev/null; then
      if lock_is_dead; then rm -rf "$lock"; fi
      rmdir "${lock%/*}/clearing"
    else
      sleep 0.2
    fi
  done
  echo $$ > "$lock/owner"
  trap unlock EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

build() {
  local id=$$.$(date +%s) old target=$root/$program/target
  local command=(mvn -B -ntp -q -Dmaven.test.skip=true -pl "$program" -am package)
  type -P mvn > /dev/null || fail "Bellman is built on first use, and there is no Maven: install Maven 3.8.7 or newer"
  echo "rl: building Bellman (first use, or sources have changed) ..." >&2
  mkdir -p "$state/$id/lib" "$state/$id/onnx" || fail "cannot write to $state"
  touch "$state/$id/built"
  rm -rf "$target/app"
  if ! (cd "$root" && JAVA_HOME=$JDK "${command[@]}") > "$state/build.log" 2>&1 < /dev/null \
    || ! cp -p "$target"/app/lib/*.jar "$state/$id/lib/" 2>> "$state/build.log" \
    || ! cp -p "$root"/rl-lab/target/app/onnx/*.jar "$state/$id/onnx/" 2>> "$state/build.log" \
    || ! "$JDK/bin/java" -cp "$state/$id/lib/*" org.bellmanrl.lab.launcher.NetworkLearners \
      > "$state/$id/networks" 2>> "$state/build.log"; then
    rm -rf "${state:?}/$id"
    grep -m 5 ERROR "$state/build.log" >&2
    fail "the build failed. To see all of it: (cd '$root' && mvn -Dmaven.test.skip=true -pl $program -am package)"
  fi
  "$JDK/bin/java" -cp "$state/$id/lib/*" org.bellmanrl.lab.launcher.UpgradeJars "$state/$id"/lib/*.jar \
    >> "$state/build.log" 2>&1
  echo "$id" > "$state/current.new" && mv -f "$state/current.new" "$state/current"
  # The build before this one may still be in use somewhere, those before it hardly.
  for old in "$state"/*/built; do
    if [ "$old" -ot "$app/built" ]; then rm -rf "${old%/built}"; fi
  done 2> /dev/null
  app=$state/$id
}

# Whether the cache for these flags was made, or tried, with this build and this JDK. Benchmarks run for minutes: no cache;
# and what runs ONNX models loads a large library.
cache_is_current() {
  local made_with
  if [ "$program" = rl-bench ] || [ "$flags_name" = onnx ]; then return 0; fi
  { read -r made_with < "$app/$flags_name.jdk"; } 2> /dev/null || return 1
  [ "$made_with" = "$JDK" ] && [ "$JDK/release" -ot "$app/$flags_name.jdk" ]
}

# A training run through the commands in training/NAME.txt. Without a cache everything works, only more slowly: a failure
# is noted in the log and not tried again.
make_cache() {
  local cache=$app/$flags_name.aot work=$app/training
  mkdir -p "$work"
  rm -f "$cache"
  (cd "$work" && "$JDK/bin/java" "${flags[@]}" -XX:AOTCacheOutput="$cache.new" -cp "$class_path" \
    org.bellmanrl.lab.launcher.TrainCache "$root/rl-lab/src/main/launcher/training/$flags_name.txt") \
    > "$app/$flags_name.log" 2>&1 < /dev/null \
    && mv -f "$cache.new" "$cache"
  rm -rf "$work"
  echo "$JDK" > "$app/$flags_name.jdk"
}

# A shell knows how wide the terminal is, and keeps it to itself.
if [ -z "${COLUMNS-}" ] && [ -t 2 ]; then
  shopt -s checkwinsize
  (:)
fi
export COLUMNS=${COLUMNS-}

. "$root/etc/find-jdk.sh"
find_jdk || fail "no JDK 25 or newer found: install one (for example Eclipse Temurin 25) or point JAVA_HOME to it"

app= flags_name=
find_build && choose_flags "$@"
if [ -z "$flags_name" ] || ! cache_is_current; then
  lock
  find_build || build
  choose_flags "$@"
  find_class_path
  cache_is_current || make_cache
  unlock
  trap - EXIT INT TERM
fi
find_class_path
if [ "$flags_name" = onnx ]; then
  for jar in "$app"/onnx/*.jar; do class_path=$class_path:$jar; done
fi
if [ "$flags_name" = deep ]; then
  # The JVM can't be told not to warn of the module of its Vector API. The filter goes when the JVM does, and not before.
  exec 2> >(trap '' INT TERM; exec sed -u '1{/^WARNING: Using incubator modules: jdk.incubator.vector$/d}' >&2)
fi
# The JVM warns about a cache that it cannot use in its unified log, which is switched off.
exec "$JDK/bin/java" "${flags[@]}" -Xlog:disable -XX:AOTCache="$app/$flags_name.aot" -cp "$class_path" $main "$@"
