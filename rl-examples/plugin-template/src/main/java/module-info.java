import com.example.drive.DifferentialQLearningProvider;
import com.example.drive.FogProvider;
import com.example.drive.SignpostProvider;
import com.example.drive.StreakProvider;
import com.example.drive.TwoLaneDriveProvider;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.LearnerProvider;
import org.bellmanrl.api.ListenerProvider;
import org.bellmanrl.api.WrapperProvider;

/**
 * A plugin for Bellman: a drive without end, a road in fog, fog for any task, a learner, and a
 * stopper.
 */
module com.example.drive {
  requires transitive org.bellmanrl.api;

  exports com.example.drive;

  // For the module path; META-INF/services says the same for the class path and rl --plugins.
  provides EnvironmentProvider with
      SignpostProvider,
      TwoLaneDriveProvider;
  provides LearnerProvider with
      DifferentialQLearningProvider;
  provides ListenerProvider with
      StreakProvider;
  provides WrapperProvider with
      FogProvider;
}
