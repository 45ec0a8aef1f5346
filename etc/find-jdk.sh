# To be sourced by bash. Defines find_jdk, which sets JDK to the home of a JDK 25 or newer and returns 1 if there is none.
# It reads the `release` file of each candidate and starts no Java, so it takes a few milliseconds.

# The feature version of the JDK in folder $1, in JDK_VERSION; 0 if that is no JDK.
jdk_version() {
  JDK_VERSION=0
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  local line
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#JAVA_VERSION=}
        line=${line//[\"$'\r']/}
        line=${line%%[!0-9]*}
        [ -n "$line" ] && JDK_VERSION=$line
        return 0
        ;;
    esac
  done < "$1/release"
}

use_jdk() {
  jdk_version "$1"
  [ "$JDK_VERSION" -ge 25 ] || return 1
  JDK=$1
}

# The home of the `java` on the PATH, through its symbolic links.
jdk_on_path() {
  local file link
  file=$(type -P java) || return 1
  while [ -L "$file" ]; do
    link=$(readlink "$file")
    case $link in
      /*) file=$link ;;
      *) file=$(dirname "$file")/$link ;;
    esac
  done
  file=$(cd "$(dirname "$file")/.." 2> /dev/null && pwd -P) || return 1
  use_jdk "$file"
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && use_jdk "$JAVA_HOME"; then return 0; fi
  if jdk_on_path; then return 0; fi
  local home
  for home in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* "${HOME-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if use_jdk "$home"; then return 0; fi
  done
  if [ -x /usr/libexec/java_home ] && home=$(/usr/libexec/java_home -v 25+ 2> /dev/null); then
    use_jdk "$home" && return 0
  fi
  return 1
}
