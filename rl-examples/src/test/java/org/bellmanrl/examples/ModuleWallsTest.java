package org.bellmanrl.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The walls between the modules, checked on the compiled classes of all of them. */
class ModuleWallsTest {
  private static final List<String> JDK = List.of("java..", "javax..", "jdk..");
  private static final List<String> COMPILE_TIME =
      List.of("org.jspecify.annotations..", "com.google.auto.service..");

  /** Public only for other packages of the same module, as the comments there say. */
  private static final Set<String> INSIDE_ONLY =
      Set.of(
          "org.bellmanrl.tabular.table.QTable.best(org.bellmanrl.tabular.internal.Choice,"
              + " org.bellmanrl.api.Observations, int, org.bellmanrl.api.random.RandomStream)");

  /** Those that may be off by a unit in the last place or more. */
  private static final Set<String> PLATFORM_DEPENDENT =
      Set.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
          "expm1", "log", "log10", "log1p", "pow", "hypot", "cbrt");

  private static final Set<String> RUN_FOLDERS =
      Set.of(
          "org.bellmanrl.lab.internal.run.RunFolder", "org.bellmanrl.lab.internal.run.StoredRun");

  private static JavaClasses bellman;

  @BeforeAll
  static void importClasses() {
    bellman =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.bellmanrl");
  }

  static Stream<Arguments> libraries() {
    return Stream.of(
        Arguments.of("api", List.of()),
        Arguments.of("env", List.of("org.bellmanrl.api..", "com.google.common..")),
        Arguments.of(
            "env.box2d",
            List.of("org.bellmanrl.api..", "org.bellmanrl.env.math..", "com.badlogic.gdx..")),
        Arguments.of(
            "env.jolt",
            List.of(
                "org.bellmanrl.api..",
                "org.bellmanrl.env.math..",
                "org.bellmanrl.env.picture..",
                "com.github.stephengold.joltjni..")),
        Arguments.of(
            "env.mujoco",
            List.of(
                "org.bellmanrl.api..", "org.bellmanrl.env.math..", "org.bellmanrl.env.picture..")),
        Arguments.of("gymnasium", List.of("org.bellmanrl.api..")),
        Arguments.of("tabular", List.of("org.bellmanrl.api..", "com.google.common..")),
        Arguments.of("policy", List.of("org.bellmanrl.api..")),
        Arguments.of(
            "results",
            List.of("org.bellmanrl.api..", "org.bellmanrl.policy..", "org.snakeyaml.engine..")),
        Arguments.of("tune", List.of("org.bellmanrl.api..", "org.bellmanrl.results..")),
        Arguments.of(
            "deep",
            List.of("org.bellmanrl.api..", "org.bellmanrl.policy..", "com.google.common..")),
        Arguments.of(
            "onnx",
            List.of(
                "org.bellmanrl.api..",
                "org.bellmanrl.policy..",
                "org.bellmanrl.deep..",
                "ai.onnxruntime..")),
        Arguments.of(
            "testkit",
            List.of(
                "org.bellmanrl.api..",
                "org.junit.jupiter..",
                "org.opentest4j..",
                "com.sun.management..")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("libraries")
  void library_dependsOnItsAllowedPackagesOnly(String module, List<String> allowed) {
    String own = "org.bellmanrl." + module + "..";
    String[] inner =
        module.equals("env")
            ? new String[] {
              "org.bellmanrl.env.box2d..", "org.bellmanrl.env.jolt..", "org.bellmanrl.env.mujoco.."
            }
            : new String[0];
    String[] packages =
        Stream.of(List.of(own), JDK, COMPILE_TIME, allowed)
            .flatMap(List::stream)
            .toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(own)
        .and(not(resideInAnyPackage(inner)))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(packages))
        .allowEmptyShould(true)
        .check(bellman);
  }

  @Test
  void guice_isUsedInLabOnly() {
    noClasses()
        .that(not(resideInAPackage("org.bellmanrl.lab..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
        .check(bellman);
  }

  /**
   * But for JMH benchmarks of what is inside, for the near matches of names, and for what the bench
   * module needs to resume trainings.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"api", "env", "gymnasium", "tabular", "policy", "deep", "onnx", "lab", "testkit"})
  void internalPackages_areUsedInsideTheirModuleOnly(String module) {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.bellmanrl." + module + "..")
        .and()
        .haveNameNotMatching("org\\.bellmanrl\\.bench\\..*Benchmark(_.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bellmanrl." + module + "..internal..")
        .check(
            switch (module) {
              case "api" ->
                  bellman.that(
                      not(
                          resideInAnyPackage(
                              "org.bellmanrl.lab..",
                              "org.bellmanrl.results..",
                              "org.bellmanrl.tune..")));
              case "lab" -> bellman.that(not(resideInAPackage("org.bellmanrl.bench..")));
              default -> bellman;
            });
  }

  @Test
  void configurations_haveGeneratedWithMethods() {
    classes()
        .that()
        .areRecords()
        .and()
        .resideInAnyPackage(
            "org.bellmanrl.tabular..", "org.bellmanrl.deep..", "org.bellmanrl.env.mujoco..")
        .and()
        .haveNameMatching(".*(Config|Options)")
        .should()
        .implement(describe("a generated With", type -> type.getSimpleName().equals("With")))
        .check(bellman);
  }

  /** To see whether a seed was trained, and to resume one that was killed. */
  @Test
  void bench_knowsOnlyRunFoldersOfTheLab() {
    noClasses()
        .that()
        .resideInAPackage("org.bellmanrl.bench..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.bellmanrl.lab.internal..")
                .and(
                    describe(
                        "not the folders of runs", type -> !RUN_FOLDERS.contains(type.getName()))))
        .check(bellman);
  }

  /**
   * Episodes have the same bits everywhere. Pictures count, because the wrapper {@code render}
   * makes observations of them.
   */
  @Test
  void environments_useNoMathThatDependsOnThePlatform() {
    noClasses()
        .that()
        .resideInAnyPackage("org.bellmanrl.env..", "org.bellmanrl.api..")
        .should()
        .accessTargetWhere(
            describe(
                "a function of java.lang.Math whose last bits differ between platforms",
                access ->
                    access.getTargetOwner().isEquivalentTo(Math.class)
                        && PLATFORM_DEPENDENT.contains(access.getName())))
        .check(bellman);
  }

  /** What javac's lint "exports" would say, but for annotations that users do without. */
  @Test
  void publicSignatures_nameWhatUsersCanSee() {
    Set<String> leaks = new TreeSet<>();
    for (JavaClass type : bellman) {
      if (!isExported(type)) {
        continue;
      }
      for (JavaMember member : type.getMembers()) {
        if (isVisible(member) && !INSIDE_ONLY.contains(member.getFullName())) {
          signature(member)
              .filter(named -> !canBeSeen(named))
              .forEach(named -> leaks.add(member.getFullName() + " names " + named.getName()));
        }
      }
    }

    assertThat(leaks).isEmpty();
  }

  /** Exported, as the module that the class is in says; public where it is in none. */
  private static boolean isExported(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ModuleWallsTest::isExported).orElse(true)
        && !type.getPackageName().contains(".internal")
        && !type.getPackageName().startsWith("org.bellmanrl.bench"); // a program, not a library
  }

  private static boolean canBeSeen(JavaClass type) {
    JavaClass named = type.getBaseComponentType();
    if (named.getPackageName().startsWith("org.bellmanrl")) {
      return isExported(named) || named.getModifiers().contains(JavaModifier.PROTECTED);
    }
    return named.isPrimitive()
        || named.getPackageName().startsWith("java.")
        || named.getPackageName().startsWith("com.badlogic.gdx")
        || named.getPackageName().startsWith("com.github.stephengold.joltjni")
        || named.getPackageName().startsWith("org.junit.jupiter.api");
  }

  @Test
  void importer_seesTheModules() {
    assertThat(bellman.stream().map(JavaClass::getPackageName))
        .anyMatch(name -> name.startsWith("org.bellmanrl.api"))
        .anyMatch(name -> name.startsWith("org.bellmanrl.lab"));
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> signature(JavaMember member) {
    return switch (member) {
      case JavaField field -> field.getAllInvolvedRawTypes().stream();
      case JavaCodeUnit code -> code.getAllInvolvedRawTypes().stream();
      default -> throw new AssertionError("a member of an unknown kind: " + member);
    };
  }
}
